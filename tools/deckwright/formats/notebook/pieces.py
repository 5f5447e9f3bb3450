"""A script, divided into pieces that run one after the other: the cells of a notebook."""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import suppress
from functools import cached_property
from itertools import chain

from deckwright.frozen import dataclass
from deckwright.model import Cell, Script, Statement, Unit
from deckwright.parse.markers import find_markers
from deckwright.text.lines import Lines
from deckwright.text.syntax import first_line, shows_value, statements_of, top_level

_NOT_PYTHON = (SyntaxError, ValueError, RecursionError, MemoryError)


@dataclass(frozen=True, slots=True)
class Piece:
    """Some lines of a script that make one cell."""

    code: str
    """As it can run: without markers and options, and what the main guard indents dedented."""
    statements: range
    """Indices of its statements."""
    cells: tuple[int, ...] = ()
    """Indices of the cells that end in it."""
    raises: bool = False
    """Whether it asserts an exception."""


@dataclass(frozen=True, slots=True)
class Lead:
    """Lines that stand alone: those of a docstring, and what it says."""

    text: str
    lines: range


class Pieces:
    """The lines of a script, and where it can be divided."""

    def __init__(self, script: Script, displaying: Collection[int] = ()) -> None:
        """`displaying` are the statements whose values the run displayed."""
        self._script = script
        self._displaying = displaying
        self._lines = Lines(script.path, script.text)
        self._trees = [(unit, self._tree(unit)) for unit in script.units]
        self.statements: tuple[Statement, ...] = tuple(chain(*(unit.statements for unit in script.units)))

    @property
    def last_line(self) -> int:
        return len(self._lines)

    @cached_property
    def docstring(self) -> Lead:
        """What the script says of itself, and where; a deck says nothing."""
        unit, tree = self._trees[0] if self._trees else (None, None)
        if tree is None or unit is None or unit.first_line > 1 or not (text := ast.get_docstring(tree)):
            return Lead("", range(0))
        return Lead(text, range(tree.body[0].lineno, (tree.body[0].end_lineno or 0) + 1))

    def widened(self, first: int, last: int) -> tuple[int, int]:
        """Return lines that hold these and divide no statement, and no cell that asserts an exception."""
        ends = (0, 0)
        while ends != (first, last):
            ends = first, last
            for start, end in self._whole:
                if start <= last and end >= first:
                    first, last = min(first, start), max(last, end)
        return ends

    def cut(self, first: int, last: int, without: range = range(0)) -> Iterator[Piece]:
        """Yield the pieces of some lines: each cell has its own, and what has no statements has none.

        The lines of `without` are left out.
        """
        borders = sorted({first, *(line for line in self._borders if first < line <= last)})
        for start, end in zip(borders, [*(line - 1 for line in borders[1:]), last]):
            if piece := self._piece(start, end, without):
                yield piece

    def _piece(self, first: int, last: int, without: range) -> Piece | None:
        inside = [
            index
            for index, statement in enumerate(self.statements)
            if first <= statement.first_line <= last and statement.first_line not in without
        ]
        rows = (self._row(n) for n in range(first, last + 1) if not (n in self._hidden or n in without))
        code = "\n".join(rows).strip("\n")
        if not inside:
            return None
        statements = range(inside[0], inside[-1] + 1)
        raises = any(each.raises and inside[-1] in _statements(each) for each in self._script.cells)
        cells = [n for n, each in enumerate(self._script.cells) if each.end_statement - 1 in statements]
        return Piece(code if raises else self._quiet(code, statements), statements, tuple(cells), raises)

    def _quiet(self, code: str, statements: range) -> str:
        """Return code with a semicolon behind a value that the run does not display, but a notebook would."""
        if statements[-1] in self._displaying or not shows_value(code):
            return code
        last, rows = statements_of(code)[-1], code.split("\n")
        row, column = (last.end_lineno or 1) - 1, last.end_col_offset or 0
        line = rows[row].encode()
        rows[row] = (line[:column] + b";" + line[column:]).decode()
        return "\n".join(rows)

    def _row(self, number: int) -> str:
        row, indent = self._lines[number], self._indents.get(number, 0)
        return row[min(indent, len(row) - len(row.lstrip())) :]

    def _tree(self, unit: Unit) -> ast.Module | None:
        start, end = self._lines.start(unit.first_line), self._lines.start(unit.last_line + 1)
        with suppress(*_NOT_PYTHON):
            tree = ast.parse(self._lines.text[start:end].replace("\r\n", "\n"))
            ast.increment_lineno(tree, unit.first_line - 1)
            return tree
        return None

    @cached_property
    def _whole(self) -> Sequence[tuple[int, int]]:
        """First and last line of all that is never divided."""
        asserting = ((each.first_line, each.last_line) for each in self._script.cells if each.raises)
        return [*((each.first_line, each.last_line) for each in self.statements), *asserting]

    @cached_property
    def _borders(self) -> frozenset[int]:
        """The lines in which a cell begins, or what follows one."""
        ends = ((each.first_line, each.last_line + 1) for each in self._script.cells)
        return frozenset(chain.from_iterable(ends)) - _inner(self.statements)

    @cached_property
    def _hidden(self) -> frozenset[int]:
        """The lines that no cell shows: markers, options, and main guards, which hold everywhere."""
        return frozenset(chain(self._markers(), *(_headers(tree) for _, tree in self._trees)))

    def _markers(self) -> Iterator[int]:
        for unit in self._script.units:
            rows = [self._lines[number] for number in range(unit.first_line, unit.last_line + 1)]
            hidden = find_markers(Lines("", "\n".join(rows))).hidden
            yield from (unit.first_line - 1 + number for number in hidden)

    @cached_property
    def _indents(self) -> dict[int, int]:
        """How far the lines below main guards are indented, but those inside of texts."""
        return {line: indent for _, tree in self._trees for line, indent in _indents(tree)}


def _statements(cell: Cell) -> range:
    return range(cell.first_statement, cell.end_statement)


def _inner(statements: Iterable[Statement]) -> frozenset[int]:
    """Return the lines of statements without the first line of each."""
    return frozenset(line for each in statements for line in range(each.first_line + 1, each.last_line + 1))


def _guards(tree: ast.Module | None) -> Iterator[ast.If]:
    """Yield the main guards whose body is below them."""
    for statement in tree.body if tree else ():
        is_guard = [*top_level(ast.Module([statement], []))] != [statement]
        if isinstance(statement, ast.If) and is_guard and first_line(statement.body[0]) > statement.lineno:
            yield statement


def _headers(tree: ast.Module | None) -> Iterator[int]:
    for guard in _guards(tree):
        yield from range(guard.lineno, first_line(guard.body[0]))


def _indents(tree: ast.Module | None) -> Iterator[tuple[int, int]]:
    for guard in _guards(tree):
        texts = {line for node in ast.walk(guard) for line in _lines_in_text(node)}
        for line in range(first_line(guard.body[0]), (guard.end_lineno or 0) + 1):
            if line not in texts:
                yield line, guard.body[0].col_offset


def _lines_in_text(node: ast.AST) -> range:
    if isinstance(node, ast.JoinedStr | ast.Constant):
        return range(node.lineno + 1, (node.end_lineno or 0) + 1)
    return range(0)
