"""One source line with a caret below it, as a terminal shows it.

Terminals count columns, not characters: an East Asian character takes two, a combining mark none.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from itertools import accumulate, pairwise

from deckwright.model import Location

TAB_COLUMNS = 4
_PICTURES = {code: 0x2400 + code for code in range(0x20) if chr(code) not in "\n\t"}
# C1 controls, ends of lines, changes of the direction of the rest of the line, what XML does not allow.
_HIDDEN = [*range(0x80, 0xA0), *range(0x2028, 0x202F), *range(0x2066, 0x206A), 0xFFFE, 0xFFFF]
_VISIBLE = {**_PICTURES, 0x7F: 0x2421, **dict.fromkeys(_HIDDEN, 0xFFFD)}


def printable(text: str) -> str:
    """Return text without control characters except tab and LF, which have visible ones in their place."""
    return text.translate(_VISIBLE).encode("utf-8", "replace").decode("utf-8")


def columns(text: str) -> int:
    """Return the width of a text without control characters, in columns of a terminal."""
    return sum(map(_columns, text))


def fit(text: str, width: int | None) -> str:
    """Return a text in at most `width` columns, with an ellipsis in place of the rest."""
    if width is None or columns(text) <= width:
        return text
    ends = list(accumulate(map(_columns, text)))
    return text[: sum(end <= width - 1 for end in ends)] + "…"


def fit_end(text: str, width: int) -> str:
    """Return the end of a text, the important part of a path, in at most `width` columns."""
    return text if columns(text) <= width else fit(text[::-1], width)[::-1]


def excerpt(source: str, line: int, column: int, length: int, width: int | None = None) -> tuple[str, str]:
    """Return the numbered source line, and the line below with the caret (empty for length 0).

    `column` counts characters from 1. A line that does not fit into `width` columns is cut around the caret.
    """
    gutter = f"{line} | "
    text, start, marked = _expanded(source, column, length)
    if width is not None:
        text, start, marked = _window(text, start, marked, max(width - len(gutter), 12))
    blank = f"{'':{len(gutter) - 2}}| "
    caret = f"{blank}{' ' * start}{'^' * marked}" if marked else ""
    return (gutter + text).rstrip(), caret


def marked_parts(source: str, location: Location) -> tuple[str, str, str]:
    """Return a source line in three parts, of which the second is at the location."""
    start = location.column - 1
    end = start + location.length
    return source[:start], source[start:end], source[end:]


def _columns(char: str) -> int:
    if unicodedata.category(char) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(char) in ("W", "F") else 1


def _expanded(source: str, column: int, length: int) -> tuple[str, int, int]:
    """Replace tabs by spaces; return start and length of the caret in columns."""
    chars = [printable(char) for char in _tabs(source)]
    starts = [0, *accumulate(map(columns, chars))]
    first = min(column - 1, len(chars))
    end = min(first + length, len(chars))
    marked = max(starts[end] - starts[first], 1) if length else 0
    return "".join(chars), starts[first], marked


def _tabs(source: str) -> Iterator[str]:
    at = 0
    for char in source:
        shown = " " * (TAB_COLUMNS - at % TAB_COLUMNS) if char == "\t" else char
        at += columns(shown)
        yield shown


def _window(text: str, start: int, marked: int, width: int) -> tuple[str, int, int]:
    """Cut the text to `width` columns around the caret."""
    if columns(text) <= width and start < width:
        return text, start, marked
    # As much of the mark as fits, and at most a third of the width before it.
    skipped = max(0, min(start - width // 3, start + marked + 1 - width))
    cut, lost = _without_start(text, skipped) if skipped else (text, 0)
    return fit(cut, width), start - lost, max(min(marked, width - start + lost), 1)


def _without_start(text: str, skipped: int) -> tuple[str, int]:
    """Replace the first `skipped` columns, or one more, by an ellipsis; return how many were removed."""
    ends = accumulate(map(_columns, text))
    for (index, end), (_, after) in pairwise(enumerate([0, *ends])):
        if end > skipped and after > end:
            return "…" + text[index:], end - 1
    return text, 0
