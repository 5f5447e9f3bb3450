"""The cells of a script's notebook: its own cells, or else its regions and what is between them."""

from __future__ import annotations

import ast
import posixpath
import re
from collections.abc import Iterator
from contextlib import suppress

from deckwright.formats.notebook.cells import markdown_cell, raw_cell, start_cell
from deckwright.formats.notebook.outputs import Data, whole
from deckwright.formats.notebook.scripts import ShownScript
from deckwright.parse.markers import find_markers
from deckwright.text.lines import Lines

_KIND = re.compile(r"\[(markdown|md|raw)\]")
_COMMENT = re.compile(r"(?m)^#(?: |$)")


def script_cells(shown: ShownScript) -> list[Data]:
    """Return the cells of the notebook of a script."""
    docstring = shown.pieces.docstring.text
    title = f"# `{posixpath.basename(shown.path)}`"
    return [
        markdown_cell(whole(f"{title}\n\n{docstring}".strip())),
        start_cell("start_alone"),
        shown.use_cell(),
        *_body(shown),
    ]


def _body(shown: ShownScript) -> Iterator[Data]:
    lines = Lines(shown.path, shown.script.text)
    marks = find_markers(lines).cells
    ends = [*(line - 1 for line, _ in marks[1:]), len(lines)]
    first = marks[0][0] if marks else len(lines) + 1
    yield from _by_regions(shown, 1, first - 1)
    for (line, title), last in zip(marks, ends):
        kind = _KIND.search(title)
        if kind is None:
            yield from _by_regions(shown, line + 1, last)
            continue
        text = whole(_text("\n".join(lines[number] for number in range(line + 1, last + 1))))
        if text:
            yield raw_cell(text) if kind[1] == "raw" else markdown_cell(text)


def _by_regions(shown: ShownScript, first: int, last: int) -> Iterator[Data]:
    """Yield the cells of some lines: each region within them has its own, unless another one holds it."""
    without, done = shown.pieces.docstring.lines, first
    regions = sorted(shown.script.regions.values(), key=lambda each: (each.first_line, -each.last_line))
    for region in regions:
        start, end = shown.pieces.widened(region.first_line, region.last_line)
        if region.name and done <= start and end <= last:
            yield from shown.cells(done, start - 1, without=without)
            yield from shown.cells(start, end)
            done = end + 1
    yield from shown.cells(done, last, without=without)


def _text(rows: str) -> str:
    """Return the text of a cell that is no code: comments, or one string."""
    text = rows.strip()
    with suppress(SyntaxError, ValueError, RecursionError, MemoryError):
        match ast.parse(text).body:
            case [ast.Expr(value=ast.Constant(value=str(string)))]:
                return string.strip()
    return _COMMENT.sub("", text)
