"""The screen of a terminal: rows of cells, and a cursor that moves among them."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

COLUMNS, ROWS = 80, 24
"""The size that programs assume without a terminal. The screen grows with what is printed, and
the cursor reaches all of it. Beyond, a move ends at this size: no number in a move can fill the memory."""

_MOST_MARKS = 16
"""Most code points of a cell: the accents on a letter, and no more."""

Cell = tuple[str, str]
"""A character and its CSS classes. A wide character is in the second of its two cells, after an empty one."""

_BLANK: Cell = (" ", "")


class Screen:
    """Rows of cells and a cursor. Each call takes as long as its text, or at most as long as a row."""

    def __init__(self) -> None:
        self.rows: list[list[Cell]] = [[]]
        self.row = 0
        self.column = 0

    def put(self, text: str, classes: str) -> None:
        """Print characters, of which none is a control character, over what is there."""
        row = self.rows[self.row]
        self._pad()
        cells = [(char, classes) for char in text] if text.isascii() else _cells(text, classes)
        end = self.column + len(cells)
        self._split(self.column)
        self._split(end)
        row[self.column : end] = cells
        self.column = end

    def new_line(self) -> None:
        """Go to the start of the next row, which may be there already."""
        self.row += 1
        self.column = 0
        if self.row == len(self.rows):
            self.rows.append([])

    def tab(self) -> None:
        """Go to the next column that is a multiple of 8."""
        self.column += 8 - self.column % 8
        self._pad()

    def move_to(self, row: int, column: int) -> None:
        """Move the cursor, but no further than the screen reaches."""
        self.row = min(max(row, 0), max(ROWS, len(self.rows)) - 1)
        self.rows += [[] for _ in range(self.row + 1 - len(self.rows))]
        self.column = min(max(column, 0), max(COLUMNS - 1, len(self.rows[self.row])))

    def erase_line(self, mode: int) -> None:
        """Erase a row from the cursor on (0), up to it (1) or as a whole (2)."""
        row = self.rows[self.row]
        if mode == 0:
            self._split(self.column)
            del row[self.column :]
        elif mode == 1:
            # In a row that is longer than a terminal's, as much as a terminal would erase of it.
            start, end = self.column - self.column % COLUMNS, min(self.column + 1, len(row))
            self._split(start)
            self._split(end)
            row[start:end] = [_BLANK] * (end - start)
        elif mode == 2:
            row.clear()
        self.move_to(self.row, self.column)

    def erase_screen(self, mode: int) -> None:
        """Erase the screen from the cursor on (0), up to it (1) or as a whole (2)."""
        if mode == 0:
            self.erase_line(0)
            del self.rows[self.row + 1 :]
        elif mode == 1:
            self.erase_line(1)
            first = max(self.row - ROWS + 1, 0)
            self.rows[first : self.row] = [[] for _ in range(first, self.row)]
        elif mode == 2:
            self.rows = [[]]
            self.move_to(self.row, self.column)

    def insert_blanks(self, count: int) -> None:
        """Move what is from the cursor on to the right; what passes the end of a terminal's row is lost."""
        row, end = self.rows[self.row], self._row_end()
        count = min(count, end - self.column)
        if self.column < len(row):
            self._split(self.column)
            self._split(end - count)
            row[self.column : end] = [_BLANK] * count + row[self.column : end - count]

    def delete_characters(self, count: int) -> None:
        """Delete characters from the cursor on; the rest of a terminal's row moves to the left."""
        row, end = self.rows[self.row], self._row_end()
        rest = min(self.column + count, end)
        for column in (self.column, rest, end):
            self._split(column)
        blanks = [_BLANK] * (rest - self.column) if len(row) > end else []
        row[self.column : end] = row[rest:end] + blanks

    def erase_characters(self, count: int) -> None:
        """Erase characters from the cursor on, and move none."""
        row, end = self.rows[self.row], min(self.column + count, self._row_end())
        self._split(self.column)
        self._split(end)
        row[self.column : end] = [_BLANK] * len(row[self.column : end])

    def insert_rows(self, count: int) -> None:
        """Move this row and those below down; what passes the end of a terminal is lost."""
        end = self.row + ROWS
        blank: list[list[Cell]] = [[] for _ in range(min(count, ROWS))]
        self.rows[self.row : end] = (blank + self.rows[self.row : end])[:ROWS]
        self.column = 0

    def delete_rows(self, count: int) -> None:
        """Delete this row and some below; what is left of a terminal's rows moves up."""
        end = self.row + ROWS
        below = self.rows[self.row : end]
        blank: list[list[Cell]] = [[] for _ in below[:count]] if len(self.rows) > end else []
        self.rows[self.row : end] = below[count:] + blank
        self.move_to(self.row, 0)

    def _row_end(self) -> int:
        """Return where a terminal's row ends that begins at a multiple of its width."""
        return self.column - self.column % COLUMNS + COLUMNS

    def _pad(self) -> None:
        row = self.rows[self.row]
        row += [_BLANK] * (self.column - len(row))

    def _split(self, column: int) -> None:
        """Erase a wide character of which only one half will be left."""
        row = self.rows[self.row]
        if 0 < column < len(row) and not row[column - 1][0]:
            row[column - 1 : column + 1] = [_BLANK, _BLANK]


def _cells(text: str, classes: str) -> list[Cell]:
    cells: list[Cell] = []
    for char in text:
        width = _width(char)
        if width == 0 and cells and len(cells[-1][0]) < _MOST_MARKS:
            cells[-1] = (cells[-1][0] + char, classes)
        else:
            cells += [("", classes)] * (width - 1)
            cells.append((char, classes))
    return cells


@lru_cache(maxsize=4096)
def _width(char: str) -> int:
    """Return how many columns a character takes: 2 for a Chinese one, 0 for an accent of its own."""
    if unicodedata.category(char) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(char) in ("W", "F") else 1
