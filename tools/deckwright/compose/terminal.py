"""A printed text as a terminal shows it: plain lines and their styles.

A script's output is data: only here are its control characters interpreted and removed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter

_TOKEN = re.compile(
    r"\x1b\[(?P<sgr>[0-9;:]*)m"
    r"|\x1b\[(?P<erase>[0-2]?)K"
    r"|\x1b\[[0-?]*[ -/]*[@-~]"  # any other control sequence
    r"|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)"  # a title or a hyperlink
    r"|\x1b[PX^_][^\x1b]*\x1b\\"  # a picture, or another string for the terminal
    r"|\x1b(?:[ -/]+[0-~]|[0-OQ-WYZ\\`-~])"
    r"|(?P<char>.)",
    re.DOTALL,
)
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_BRIGHT = 8


@dataclass(frozen=True, slots=True)
class Span:
    """Characters `start` to `end` (end excluded, in code points) with CSS classes."""

    start: int
    end: int
    classes: str


@dataclass(frozen=True, slots=True)
class StyledText:
    """A text without control characters, and its styled spans."""

    text: str
    spans: tuple[Span, ...] = ()


Cell = tuple[str, str]


def show_terminal(raw: str) -> StyledText:
    """Return what a terminal shows after `raw` was printed on it."""
    raw = raw.replace("\r\n", "\n")
    if not _CONTROL.search(raw):
        return StyledText(raw.expandtabs(8))
    screen = _Screen()
    for match in _TOKEN.finditer(raw):
        screen.take(match)
    return _shown(screen.rows)


class _Screen:
    """Rows of cells, a cursor that moves within the last row, and the current style."""

    def __init__(self) -> None:
        self.rows: list[list[Cell]] = [[]]
        self.column = 0
        self.codes: dict[str, str] = {}

    def take(self, match: re.Match[str]) -> None:
        if match["sgr"] is not None:
            self._style(match["sgr"])
        elif match["erase"] is not None:
            self._erase(match["erase"] or "0")
        elif match["char"] is not None:
            self._char(match["char"])

    def _char(self, char: str) -> None:
        if char == "\n":
            self.rows.append([])
            self.column = 0
        elif char == "\r":
            self.column = 0
        elif char == "\b":
            self.column = max(self.column - 1, 0)
        elif char == "\t":
            for _ in range(8 - self.column % 8):
                self._put(" ")
        else:
            for shown in _visible(char):
                self._put(shown)

    def _put(self, char: str) -> None:
        row = self.rows[-1]
        cell = (char, " ".join(self.codes.values()))
        if self.column < len(row):
            row[self.column] = cell
        else:
            row.append(cell)
        self.column += 1

    def _erase(self, mode: str) -> None:
        """Erase to the end of the line, or the whole line and move the cursor to its start.

        A terminal leaves the cursor where it is, but programs that erase a line move it as well.
        """
        if mode == "2":
            self.column = 0
        if mode != "1":
            del self.rows[-1][self.column :]

    def _style(self, sgr: str) -> None:
        codes = iter([int(code[-4:] or 0) for code in re.split("[;:]", sgr)])
        for code in codes:
            self._code(code, codes)

    def _code(self, code: int, rest: Iterator[int]) -> None:
        if code == 0:
            self.codes.clear()
        elif code in _STYLES:
            name, style = _STYLES[code]
            self.codes[name] = style
        elif code in _ENDS:
            for name in _ENDS[code]:
                self.codes.pop(name, None)
        elif code in _GROUNDS:
            color = _extended(rest)
            if color is not None:
                self.codes[_GROUNDS[code]] = f"ansi-{_GROUNDS[code]}-{color}"


def _extended(rest: Iterator[int]) -> int | None:
    """Return the nearest of the 16 colours for `5;N` or `2;R;G;B`."""
    mode = next(rest, 0)
    if mode == 5:
        index = next(rest, 0)
        return index if index < 16 else _nearest(*_xterm(index))
    if mode == 2:
        return _nearest(next(rest, 0), next(rest, 0), next(rest, 0))
    return None


def _xterm(index: int) -> tuple[int, int, int]:
    if index >= 232:
        gray = 8 + 10 * (index - 232)
        return gray, gray, gray
    cube = index - 16
    red, green, blue = cube // 36, cube // 6 % 6, cube % 6
    return tuple(55 + 40 * part if part else 0 for part in (red, green, blue))  # type: ignore[return-value]


def _nearest(red: int, green: int, blue: int) -> int:
    bright = _BRIGHT if max(red, green, blue) > 192 else 0
    threshold = max(red, green, blue) / 2
    bits = (red > threshold) + 2 * (green > threshold) + 4 * (blue > threshold)
    return bits + bright


def _visible(char: str) -> str:
    """Return characters that every font has for a control character: `^@` for NUL, `^[` for ESC."""
    code = ord(char)
    if code < 0x20 or code == 0x7F:
        return "^" + chr(code ^ 0x40)
    if code < 0xA0 and code > 0x7F:
        return f"\\x{code:02x}"
    if 0xD800 <= code < 0xE000:
        return f"\\u{code:04x}"
    return " " if char in "\u2028\u2029" else char


def _shown(rows: list[list[Cell]]) -> StyledText:
    cells = [cell for row in rows for cell in (*row, ("\n", ""))][:-1]
    spans: list[Span] = []
    start = 0
    for style, group in groupby(cells, itemgetter(1)):
        end = start + len(list(group))
        spans += [Span(start, end, style)] if style else []
        start = end
    return StyledText("".join(char for char, _ in cells), tuple(spans))


_ATTRIBUTES = {1: "bold", 2: "dim", 3: "italic", 4: "underline", 7: "inverse", 9: "strike"}
_GROUNDS = {38: "fg", 48: "bg"}
_COLORS = (("fg", 30, 0), ("fg", 90, _BRIGHT), ("bg", 40, 0), ("bg", 100, _BRIGHT))
"""What each row of 8 codes colours, the first of these codes, and the first of their colours."""

_STYLES = {
    **{code: (name, f"ansi-{name}") for code, name in _ATTRIBUTES.items()},
    **{code + n: (ground, f"ansi-{ground}-{color + n}") for ground, code, color in _COLORS for n in range(8)},
}
_ENDS = {
    22: ("bold", "dim"),
    23: ("italic",),
    24: ("underline",),
    27: ("inverse",),
    29: ("strike",),
    39: ("fg",),
    49: ("bg",),
}
