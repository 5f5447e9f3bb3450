"""A printed text as a terminal shows it in the end: plain lines and their styles.

A script's output is data: only here are its control characters interpreted and removed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import groupby
from operator import itemgetter

from deckwright.compose.screen import Cell, Screen
from deckwright.compose.styles import Style
from deckwright.frozen import dataclass

_UNSHOWN = r"\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff"
_TOKEN = re.compile(
    rf"(?P<text>[^{_UNSHOWN}]+)"
    r"|\x1b\[(?P<parameters>[0-?]*)(?P<final>[ -/]*[@-~])"  # a control sequence
    r"|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)"  # a title or a hyperlink
    r"|\x1b[PX^_][^\x1b]*\x1b\\"  # a picture, or another string for the terminal
    r"|\x1b(?P<escape>[ -/]+[0-~]|[0-OQ-WYZ\\`-~])"
    r"|(?P<char>.)",
    re.DOTALL,
)
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_SECOND_SCREENS = ("?47", "?1047", "?1049")
_EDITS = {
    "@": Screen.insert_blanks,
    "P": Screen.delete_characters,
    "X": Screen.erase_characters,
    "L": Screen.insert_rows,
    "M": Screen.delete_rows,
}


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


def show_terminal(raw: str) -> StyledText:
    """Return what a terminal shows after `raw` was printed on it."""
    raw = raw.replace("\r\n", "\n")
    if not _CONTROL.search(raw) and (raw.isascii() or "\t" not in raw):
        return StyledText(raw.expandtabs(8))
    terminal = _Terminal()
    for match in _TOKEN.finditer(raw):
        terminal.take(match)
    return _shown(terminal.screen.rows)


def show_controls(raw: str) -> str:
    """Return a text that is for no terminal, such as a table's cell, with its control characters visible."""
    return _CONTROL.sub(lambda match: _visible(match[0]), raw.replace("\r\n", "\n"))


class _Terminal:
    """A screen, the style in which it prints, and what a program can go back to."""

    def __init__(self) -> None:
        self.screen = Screen()
        self._style = Style()
        self._saved = (0, 0)
        self._first: Screen | None = None
        """The screen below the second one, on which a program draws while it runs."""

    def take(self, match: re.Match[str]) -> None:
        match match.lastgroup:
            case "text":
                self.screen.put(match["text"], self._style.classes)
            case "final":
                self._control(match["parameters"], match["final"])
            case "escape":
                self._escape(match["escape"])
            case "char":
                self._char(match["char"])

    def _char(self, char: str) -> None:
        match char:
            case "\n":
                self.screen.new_line()
            case "\r":
                self.screen.column = 0
            case "\b":
                self.screen.column = max(self.screen.column - 1, 0)
            case "\t":
                self.screen.tab()
            case _:
                self.screen.put(_visible(char), self._style.classes)

    def _control(self, parameters: str, final: str) -> None:
        if parameters[:1] in ("<", "=", ">", "?"):
            self._mode(parameters, final)
        elif final == "m":
            self._style.change(parameters)
        elif final in ("J", "K"):
            erase = self.screen.erase_screen if final == "J" else self.screen.erase_line
            erase(_number(parameters))
        elif final == "s":
            self._save()
        elif final == "u":
            self._restore()
        elif final in _EDITS:
            _EDITS[final](self.screen, max(_number(parameters), 1))
        else:
            self._move(parameters, final)

    def _move(self, parameters: str, final: str) -> None:
        first, _, second = parameters.partition(";")
        count = max(_number(first), 1)
        row, column = self.screen.row, self.screen.column
        match final:
            case "A":
                self.screen.move_to(row - count, column)
            case "B" | "e":
                self.screen.move_to(row + count, column)
            case "C" | "a":
                self.screen.move_to(row, column + count)
            case "D":
                self.screen.move_to(row, column - count)
            case "E":
                self.screen.move_to(row + count, 0)
            case "F":
                self.screen.move_to(row - count, 0)
            case "G" | "`":
                self.screen.move_to(row, count - 1)
            case "d":
                self.screen.move_to(count - 1, column)
            case "H" | "f":
                self.screen.move_to(count - 1, _number(second) - 1)

    def _mode(self, parameters: str, final: str) -> None:
        """Go to the second screen, or back; other modes, such as a hidden cursor, show nothing."""
        if parameters not in _SECOND_SCREENS:
            return
        if final == "h" and self._first is None:
            self._first, self.screen = self.screen, Screen()
        elif final == "l" and self._first is not None:
            self.screen, self._first = self._first, None

    def _escape(self, escape: str) -> None:
        match escape:
            case "7":
                self._save()
            case "8":
                self._restore()
            case "D" | "E":
                column = self.screen.column if escape == "D" else 0
                self.screen.new_line()
                self.screen.column = column
            case "M":
                self.screen.move_to(self.screen.row - 1, self.screen.column)
            case "c":
                self.screen, self._style = Screen(), Style()

    def _save(self) -> None:
        self._saved = (self.screen.row, self.screen.column)

    def _restore(self) -> None:
        self.screen.move_to(*self._saved)


def _number(parameter: str) -> int:
    """Return the first number of a sequence; no screen is wide enough for more than five digits."""
    digits = re.match("0*([0-9]*)", parameter)
    return int(digits[1][:5] or 0) if digits else 0


def _visible(char: str) -> str:
    """Return characters that every font has for a control character: `^@` for NUL, `^[` for ESC."""
    code = ord(char)
    if code < 0x20 or code == 0x7F:
        return "^" + chr(code ^ 0x40)
    if code < 0xA0:
        return f"\\x{code:02x}"
    return " " if char in "\u2028\u2029" else f"\\u{code:04x}"


def _shown(rows: Iterable[list[Cell]]) -> StyledText:
    cells = [cell for row in rows for cell in (*row, ("\n", ""))][:-1]
    spans: list[Span] = []
    start = 0
    for style, group in groupby(cells, itemgetter(1)):
        end = start + sum(len(text) for text, _ in group)
        spans += [Span(start, end, style)] if style else []
        start = end
    return StyledText("".join(text for text, _ in cells), tuple(spans))
