"""Text -> Markdown that shows just that text: no output can open a slide, a fence or a tag."""

from __future__ import annotations

import re
from collections.abc import Callable

_PUNCTUATION = re.compile(r"([!-/:-@\[-`{}~])")
_SPACES = re.compile(r"[ \t\n\r\f\v]+")
_RUNS = re.compile(r"`+|~+")
_MARKS = re.compile(r"[*_~]*`*")
_TAGS = {"**": "strong", "__": "strong", "*": "em", "_": "em", "~~": "s", "`": "code", "``": "code"}
_NO_CODE = re.compile(r"[`|$\\]")


def one_line(text: str) -> str:
    """Return a text as HTML shows it in a paragraph: every run of white space one space."""
    return _SPACES.sub(" ", text).strip(" ")


def escape_inline(text: str) -> str:
    """Return a text for a paragraph, a heading or a table cell, on one line."""
    # Above a row of dashes even an escaped pipe would make a table.
    return _PUNCTUATION.sub(r"\\\1", one_line(text)).replace("|", "&#124;")


def harmless(shown: str, following: str) -> str:
    """Return escaped text so that, whatever stands after it, both together open no block.

    `1` before a full stop would open a list, and an empty text lets what follows stand first.
    """
    if not shown:
        return "&#8203;"
    if shown.isdecimal() and following in (".", ")"):
        return f"{shown[:-1]}&#{ord(shown[-1])};"
    return shown


def marks_of(label: str, text: str) -> str:
    """Return the emphasis around a link's label (`**` of `**97%**`) that another text can have, too."""
    match = _MARKS.match(label)
    marks = match[0] if match else ""
    if not text or text != text.strip() or len(label) < 2 * len(marks) or not label.endswith(marks[::-1]):
        return ""
    return marks.rstrip("`") if _NO_CODE.search(text) else marks


def marked(text: str, marks: str, escape: Callable[[str], str]) -> str:
    """Return an escaped text between emphasis marks."""
    return f"{marks}{text if marks.endswith('`') else escape(text)}{marks[::-1]}"


def emphasised(text: str, marks: str) -> str:
    """Return an escaped text with emphasis that holds wherever it stands.

    Markdown knows no emphasis between a percent sign and a Chinese character, for example.
    """
    if text[:1].isalnum() and text[-1:].isalnum():
        return marked(text, marks.replace("_", "*"), escape_inline)
    tags = [_TAGS[run[:2]] for run in re.findall(r"\*\*|__|~~|\*|_|`+", marks)]
    opening, closing = (f"<{tag}>" for tag in tags), (f"</{tag}>" for tag in reversed(tags))
    return "".join([*opening, escape_inline(text), *closing])


def fence_for(body: str, marker: str = "```") -> str:
    """Return a fence marker that nothing in the body can close."""
    runs = [len(run) for run in _RUNS.findall(body) if run[0] == marker[0]]
    return marker[0] * max([len(marker), *(run + 1 for run in runs)])


def fence(info: str, body: str, marker: str, first: str, prefix: str, newline: str) -> str:
    """Return a whole fence, without the last line's end.

    `first` stands before the opening line, `prefix` before each further one (inside a list or
    a quote).
    """
    marker = fence_for(body, marker)
    rows = body.split("\n") if body else []
    return indented([f"{marker}{info}", *rows, marker], first, prefix, newline)


def indented(rows: list[str], first: str, prefix: str, newline: str) -> str:
    """Return rows inside a list or a quote: `first` before the first, `prefix` before the others."""
    rest = [prefix + row if row else prefix.rstrip() for row in rows[1:]]
    return newline.join([first + rows[0], *rest])
