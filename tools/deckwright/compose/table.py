"""HTML tables that cells display -> Markdown tables of escaped text."""

from __future__ import annotations

from contextlib import suppress
from html.parser import HTMLParser

from deckwright.compose.escape import escape_cell
from deckwright.compose.terminal import show_terminal

_MOST_ROWS = 60
_MOST_COLUMNS = 60
"""A slide cannot show more of either."""


def table_of(html: str) -> str:
    """Return the first table of an HTML text as Markdown; empty where there is none."""
    reader = _Reader()
    with suppress(AssertionError):  # which Python's parser raises on a broken `<![`
        reader.feed(html)
    rows = [row[:_MOST_COLUMNS] for row in reader.rows if row][:_MOST_ROWS]
    if not rows:
        return ""
    width = max(map(len, rows))
    padded = [[*row, *[""] * (width - len(row))] for row in rows]
    lines = ["| " + " | ".join(map(escape_cell, row)) + " |" for row in padded]
    return "\n".join([lines[0], "|" + " --- |" * width, *lines[1:]])


class _Reader(HTMLParser):
    """Parser that collects the cells of the first table, as text."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self._cell: list[str] | None = None
        self._depth = 0
        self._done = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("table", "tr", "td", "th"):
            self._end_cell()
        if tag == "table":
            self._depth += 1
        elif self._depth != 1 or self._done:
            return
        elif tag == "tr":
            self.rows.append([])
        elif tag in ("td", "th"):
            self._cell = []

    def handle_endtag(self, tag: str) -> None:
        if tag in ("table", "tr", "td", "th"):
            self._end_cell()
        if tag == "table":
            self._depth -= 1
            self._done = self._done or not self._depth

    def _end_cell(self) -> None:
        if self._cell is not None and self.rows:
            self.rows[-1].append(" ".join(show_terminal("".join(self._cell)).text.split()))
        self._cell = None

    def handle_data(self, data: str) -> None:
        if self._cell is not None:
            self._cell.append(data)
