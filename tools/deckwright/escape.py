"""Text -> Markdown that shows just that text: no output can open a slide, a fence or a tag."""

from __future__ import annotations

import re

_PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")
# Marp reads `:smile:` even where its colons are escaped; only a character in between stops it.
_SHORTCODE = re.compile(r"\\:(?=(?:100|1234|[\w\\+-]*[A-Za-z+-][\w\\+-]*)\\:)")
WORD_JOINER = "\u2060"
_RUNS = re.compile(r"`+|~+")


def escape_inline(text: str) -> str:
    """Return a text for a paragraph, a heading or a table cell, on one line."""
    escaped = _PUNCTUATION.sub(r"\\\1", " ".join(text.split()))
    return _SHORTCODE.sub(f"\\\\:{WORD_JOINER}", escaped)


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
    rest = [prefix + row if row else prefix.rstrip() for row in [*rows, marker]]
    return newline.join([f"{first}{marker}{info}", *rest])
