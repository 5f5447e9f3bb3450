"""HTML tables that cells display -> Markdown tables of escaped text.

What Markdown cannot say of a table is in a comment above it, which Marp drops and our renderer reads
(marp/js/tables.mjs): `<!-- lint ignore deckwright-table {"head":1,"rows":["hhd","uhd"]} -->`. A letter is
a place of the grid: a heading, a datum, or a place that belongs to the cell on its left or that above it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from deckwright.compose.escape import escape_cell, escape_inline
from deckwright.compose.html_table import Cell, Row, Table, read_html
from deckwright.model import Display
from deckwright.text.fences import chosen_rows, more_of

_MOST_ROWS = 60
"""A slide cannot show more."""

_POINT = r"(?:\d+(?:[,_'\u2019\u202f ]\d{3})*(?:\.\d*)?|\.\d+)"
_COMMA = r"\d+(?:[.'\u2019\u202f ]\d{3})*,\d+"
_PLAIN = rf"(?:{_POINT}|{_COMMA})(?:e[-+]?\d+)?"
_NUMBER = re.compile(
    rf"[-+\u2212]?(?:[$€£¥]?{_PLAIN}[ ]?[%€]?|(?:{_PLAIN}[-+])?{_PLAIN}j|inf)|nan",
    re.IGNORECASE,
)
"""A number with a point or a comma, an amount, a share, or a complex number."""

_DOTS = {"…", "..."}
_NOTHING = ("", "None", "NaT", "<NA>", "null", "-", "—", *_DOTS)
"""What stands for a missing value or for rows that are left out."""


def tables_of(html: str, display: Display) -> str:
    """Return the tables of an HTML text as Markdown, with the rows that `lines` and `max-lines` choose.

    Empty where the HTML is something else than tables and text around them.
    """
    return "\n\n".join(part for block in read_html(html) for part in _markdown(block, display))


def text_of_tables(html: str) -> str:
    """Return the tables of an HTML text, with columns of blanks between, as a terminal would show them."""
    return "\n\n".join(block if isinstance(block, str) else _plain(block) for block in read_html(html))


def _plain(table: Table) -> str:
    rows = (*table.head, *table.body)
    places = _letters(rows, len(table.head))
    texts = [["" if p in "ul" else c.text for c, p in zip(row, ps)] for row, ps in zip(rows, places)]
    numeric = _numeric(rows, len(table.head))
    columns = [_padded(column, right) for column, right in zip(zip(*texts), numeric)]
    lines = ["  ".join(row).rstrip() for row in zip(*columns)]
    return "\n".join([table.caption, *lines] if table.caption else lines)


def _padded(texts: Sequence[str], right: bool) -> list[str]:
    width = max(map(len, texts))
    return [text.rjust(width) if right else text.ljust(width) for text in texts]


def _markdown(block: str | Table, display: Display) -> Iterator[str]:
    if isinstance(block, str):
        yield escape_cell(block)
        return
    if block.caption:
        yield f"**{escape_inline(block.caption)}**"
    chosen, others = chosen_rows(block.body, display)
    body, others = chosen[:_MOST_ROWS], [*chosen[_MOST_ROWS:], *others]
    if rows := (*block.head, *body):
        yield "\n".join(_lines(rows, len(block.head)))
    if others:
        yield escape_inline(_more_rows(others))
    if block.more_columns:
        yield escape_inline(more_of(block.more_columns, "column"))


def _more_rows(rows: Sequence[Row]) -> str:
    """Return the note for rows that are left out; a row of dots among them stands for any number."""
    has_gap = any({cell.text for cell in row} <= _DOTS for row in rows)
    return "… (more rows)" if has_gap else more_of(len(rows), "row")


def _lines(rows: Sequence[Row], head: int) -> Iterator[str]:
    letters = ["".join(row) for row in _letters(rows, head)]
    if layout := _layout(rows, letters, head):
        yield layout
    numeric = _numeric(rows, head)
    for number, (row, places) in enumerate(zip(rows, letters, strict=True)):
        texts = ("" if place in "ul" else escape_cell(cell.text) for cell, place in zip(row, places))
        yield "| " + " | ".join(texts) + " |"
        if not number:
            yield "|" + "|".join(" ---: " if right else " --- " for right in numeric) + "|"


def _letters(rows: Sequence[Row], head: int) -> Iterator[list[str]]:
    """Yield a letter for each place of each row."""
    empty: Row = tuple(Cell() for _ in rows[0])
    for number, (above, row) in enumerate(pairwise([empty, *rows])):
        above = empty if number == head else above
        yield [
            "u" if cell is above[x] else "l" if x and cell is row[x - 1] else "h" if cell.is_heading else "d"
            for x, cell in enumerate(row)
        ]


def _layout(rows: Sequence[Row], letters: Sequence[str], head: int) -> str:
    """Return the comment for a table that Markdown cannot express; else nothing."""
    styles: dict[str, list[str]] = {}
    for y, (row, places) in enumerate(zip(rows, letters, strict=True)):
        for x, (cell, place) in enumerate(zip(row, places)):
            if cell.style and place in "hd":
                styles.setdefault(cell.style, []).append(f"{y}.{x}")
    if head == 1 and not styles and not set("".join(letters)) & set("ul") and "h" not in "".join(letters[1:]):
        return ""
    layout = {"head": head, "rows": letters} | ({"styles": styles} if styles else {})
    return f"<!-- lint ignore deckwright-table {json.dumps(layout, separators=(',', ':'))} -->"


def _numeric(rows: Sequence[Row], head: int) -> list[bool]:
    """Return for each column whether all below the header are numbers."""
    return [_is_numeric(column) for column in zip(*rows[head:], strict=True)] or [False] * len(rows[0])


def _is_numeric(column: Sequence[Cell]) -> bool:
    texts = [cell.text for cell in column if cell.text not in _NOTHING]
    return bool(texts) and all(map(_NUMBER.fullmatch, texts))
