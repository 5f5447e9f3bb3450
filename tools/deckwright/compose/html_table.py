"""HTML that a cell displays -> tables as grids of text, if it is nothing but tables and text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import takewhile
from typing import TYPE_CHECKING

from deckwright.compose.table_style import Style, cell_style, styles_of
from deckwright.compose.terminal import show_controls
from deckwright.frozen import dataclass
from deckwright.text.memory_addresses import without_addresses

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

MOST_COLUMNS = 60
"""A slide cannot show more."""

_MOST_PLACES = 100_000
"""Places of the largest grid that is read: a cell may say that it covers a million of them."""

_LONGEST = 2_000_000
"""Characters of the longest HTML that is read."""

_DEEPEST = 50
"""Elements in each other; from some hundreds on, the parser drops what is inside."""

_INLINE = {
    "a",
    "abbr",
    "b",
    "code",
    "em",
    "i",
    "kbd",
    "mark",
    "s",
    "small",
    "span",
    "strong",
    "sub",
    "sup",
    "u",
}
_BLOCKS = {"br", "center", "div", "h1", "h2", "h3", "h4", "h5", "h6", "p", "pre"}
_SECTIONS = {"thead", "tbody", "tfoot"}
_PARTS = {"table", "caption", "colgroup", "col", "tr", "td", "th"} | _SECTIONS
_AROUND = {"html", "head", "body", "style"}
_KNOWN = _INLINE | _BLOCKS | _PARTS | _AROUND


@dataclass(frozen=True, slots=True, eq=False)
class Cell:
    """A cell of a table; a merged one is in several places of the grid."""

    text: str = ""
    is_heading: bool = False
    style: str = ""


Row = tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table as grids of cells: all rows have one length."""

    head: tuple[Row, ...]
    body: tuple[Row, ...]
    caption: str = ""
    more_columns: int = 0
    """Columns that a slide cannot show."""


def read_html(html: str) -> Sequence[str | Table]:
    """Return the paragraphs and tables of an HTML text; nothing if it is not made of these alone."""
    root = _document(html)
    if root is None or not _is_readable(root):
        return ()
    styles = styles_of(root)
    try:
        blocks = tuple(_blocks(root, styles))
    except _NoTableError:
        return ()
    return blocks if any(isinstance(block, Table) for block in blocks) else ()


class _NoTableError(Exception):
    """What looks like a table is not one."""


def _document(html: str) -> Element | None:
    from lxml.html import HTMLParser, document_fromstring

    if len(html) > _LONGEST or "<table" not in html.lower():
        return None
    parser = HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True)
    text = f"<!DOCTYPE html><html><body>{_hidden(html)}"
    root: Element = document_fromstring(text.encode("utf-8"), parser=parser)
    return root


def _is_readable(root: Element) -> bool:
    """Whether a document has only elements that we know, and no table in a table."""
    todo = [(root, 0, False)]
    while todo:
        element, depth, in_table = todo.pop()
        is_table = element.tag == "table"
        if depth > _DEEPEST or element.tag not in _KNOWN or (is_table and in_table):
            return False
        todo += [(child, depth + 1, in_table or is_table) for child in element]
    return True


def _blocks(root: Element, styles: Mapping[Element, Style]) -> Iterator[str | Table]:
    text: list[str] = []
    for part in _parts(root):
        if isinstance(part, str):
            text.append(part)
            continue
        if said := _plain("".join(text)):
            yield said
        text = []
        if part is not None:
            yield _table(part, styles)
    if said := _plain("".join(text)):
        yield said


def _parts(element: Element) -> Iterator[str | Element | None]:
    """Yield text, tables, and None where a paragraph ends."""
    if element.tag == "table":
        yield element
    elif element.tag != "style":
        yield from [None] if element.tag in _BLOCKS else []
        yield element.text or ""
        for child in element:
            yield from _parts(child)
            yield child.tail or ""
        yield from [None] if element.tag in _BLOCKS else []


# --- one table --------------------------------------------------------------------------------


def _table(table: Element, styles: Mapping[Element, Style]) -> Table:
    head: list[Row] = []
    body: list[Row] = []
    caption = ""
    loose: list[Element] = []
    if _has_text(table.text):
        raise _NoTableError
    for part in table:
        if part.tag == "tr":
            loose.append(part)
        elif part.tag == "thead":
            head += _grid(list(part), styles)
        elif part.tag in _SECTIONS:
            body += _grid(list(part), styles)
        elif part.tag == "caption":
            caption = _text(part)
        elif part.tag not in ("colgroup", "col"):
            raise _NoTableError
        if _has_text(part.tail) or (part.tag != "caption" and _has_text(part.text)):
            raise _NoTableError  # text beside the cells
    body = [*_grid(loose, styles), *body]
    if not head:
        rows = list(takewhile(_is_head, body))
        head, body = _with_corner(rows), body[len(rows) :]
    return _even(_joined(head), body, caption)


def _grid(rows: Sequence[Element], styles: Mapping[Element, Style]) -> list[Row]:
    """Return the cells of a section at their places, as the HTML standard says."""
    grid: list[dict[int, Cell]] = [{} for _ in rows]
    left = _MOST_PLACES
    for y, row in enumerate(rows):
        if row.tag != "tr" or _has_text(row.text) or _has_text(row.tail):
            raise _NoTableError
        x = 0
        for element in row:
            if element.tag not in ("td", "th") or _has_text(element.tail):
                raise _NoTableError
            while x in grid[y]:
                x += 1
            wide, high = _span(element, "colspan") or 1, _span(element, "rowspan") or len(rows)
            cell = Cell(_text(element), element.tag == "th", cell_style(element, styles))
            if (left := left - wide * min(high, len(rows) - y)) < 0:
                raise _NoTableError
            for place in grid[y : y + high]:
                place.update(dict.fromkeys(range(x, x + wide), cell))
            x += wide
    return [tuple(places.get(x) or Cell() for x in range(max(places, default=-1) + 1)) for places in grid]


def _has_text(text: str | None) -> bool:
    return bool(text and text.strip())


def _span(element: Element, name: str) -> int:
    """Return how many columns or rows a cell covers; 0 means all rows that follow."""
    said = (element.get(name) or "1").strip()
    return min(int(said), 1000) if said.isascii() and said.isdigit() and len(said) < 9 else 1


def _is_head(row: Row) -> bool:
    """Whether a row of a table without <thead> has only headings; its corner may be an empty cell."""
    headings = row if row and row[0].text else row[1:] or row
    return bool(row) and all(cell.is_heading for cell in headings)


def _with_corner(head: list[Row]) -> list[Row]:
    """Return header rows whose corner is a heading, too: themes draw headings on a ground of their own."""
    headings = {row[0]: replace(row[0], is_heading=True) for row in head}
    return [(headings[row[0]], *row[1:]) for row in head]


def _joined(head: list[Row]) -> list[Row]:
    """Return header rows, with the names of an index beside those of the columns.

    pandas writes them in a row of their own, which is empty over the columns.
    """
    if len(head) < 2 or len(head[-1]) != len(head[-2]):
        return head
    columns, names = head[-2:]
    merged = any(len(set(row)) < len(row) for row in (columns, names)) or set(columns) & set(names)
    if merged or any(bool(above.text) == bool(below.text) for above, below in zip(columns, names)):
        return head
    return [*head[:-2], tuple(above if above.text else below for above, below in zip(columns, names))]


def _even(head: Sequence[Row], body: Sequence[Row], caption: str) -> Table:
    """Return a table whose rows have one length."""
    rows = [*head, *body]
    width = max(map(len, rows), default=0)
    if not width:
        raise _NoTableError
    even = [(*row, *(Cell() for _ in range(width - len(row))))[:MOST_COLUMNS] for row in rows]
    return Table(tuple(even[: len(head)]), tuple(even[len(head) :]), caption, max(0, width - MOST_COLUMNS))


# --- text -------------------------------------------------------------------------------------

_ESCAPE = "\uf8ff"
_LOST = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff\uf8ff]")
"""Characters that the parser would drop or replace."""


def _hidden(html: str) -> str:
    """Return a text in which letters stand for the characters that the parser would lose."""
    return _LOST.sub(lambda match: f"{_ESCAPE}{ord(match[0]):04x}", html.replace("\r\n", "\n"))


def _restored(text: str) -> str:
    return re.sub(_ESCAPE + "([0-9a-f]{4})", lambda match: chr(int(match[1], 16)), text)


def _plain(text: str) -> str:
    return without_addresses(" ".join(show_controls(_restored(text)).split()))


def _text(element: Element) -> str:
    """Return the text of a cell; a line break is a space."""
    texts = (part if isinstance(part, str) else " " for part in _parts(element))
    return _plain("".join(texts))
