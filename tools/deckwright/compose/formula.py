"""LaTeX that a value displays -> a formula of Markdown."""

from __future__ import annotations

import re

_LONGEST = 4000
_OUTER = re.compile(r"\A(?:\$\$(.*)\$\$|\$(.*)\$|\\\[(.*)\\\]|\\\((.*)\\\))\Z", re.DOTALL)
_ENVIRONMENT = re.compile(
    r"\\begin\{(?:equation|align|alignat|aligned|gather|gathered|multline|split|cases|array|[bBpvV]?matrix)\*?\}"
)
"""Begins a formula without marks; other LaTeX is text, or pictures of tables and listings."""

_COMMAND = re.compile(r"\\(?:([A-Za-z@]+)|.)", re.DOTALL)
_MARKUP = re.compile(r"[`$%~\x00-\x1f\x7f-\x9f]|\]\s*[(\[]|<!--")
"""What would be Markdown, a comment, the end of the formula, or invisible in it."""

_REFUSED = re.compile(
    r"@|bbox|begingroup|catcode|char|class|csname|cssId|data|Declare|.?def$|enclose|endgroup|expandafter|futurelet"
    r"|global|href|html|include|input|let$|loop|mathtip|mmltoken|newcommand|newenvironment|providecommand"
    r"|renew|require|rule|special|style$|texttip|tip$|toggle|unicode|url|verb|write",
    re.IGNORECASE,
)
"""Commands that define others, draw boxes of any size, or set attributes and addresses of the page."""


def formula(latex: str) -> str:
    """Return the formula without what marks it as one, on one line; "" if it cannot be shown as one."""
    text = latex.strip()
    if match := _OUTER.match(text):
        text = next(group for group in match.groups() if group is not None).strip()
    elif not _ENVIRONMENT.match(text):
        return ""
    text = " ".join(text.split())
    commands = _COMMAND.findall(text)
    plain = _COMMAND.sub("", text)
    unsafe = _MARKUP.search(plain) or any(map(_REFUSED.match, commands))
    if unsafe or not text or len(text) > _LONGEST or not _is_closed(plain):
        return ""
    # As commands they are no tags, wherever formulas are turned off.
    return text.replace("<", r"\lt ").replace(">", r"\gt ")


def _is_closed(text: str) -> bool:
    """Whether each brace has its other half."""
    depth = 0
    for char in text:
        depth += (char == "{") - (char == "}")
        if depth < 0:
            return False
    return not depth
