"""The program of a job, compiled unit by unit and run statement by statement."""

from __future__ import annotations
import __future__

import ast
import linecache
import re
import warnings
from collections.abc import Generator, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import groupby
from pathlib import Path
from types import CodeType
from typing import Any

from deckwright.child.bare_stack import Piece
from deckwright.child.caught import Caught
from deckwright.child.display.displays import Displays
from deckwright.child.display.figures import FigureRecorder
from deckwright.child.exceptions import describe, is_named
from deckwright.child.journal import Journal, RaisedAsAsserted, StatementBegan
from deckwright.child.recording.own_lines import OwnLines
from deckwright.child.streams import Streams
from deckwright.child.task import Task
from deckwright.model import Cell, ErrorKind, Failure, FailureKind, Unit
from deckwright.text.syntax import assigned_name, shown_value, top_level

_FUTURE = sum(getattr(__future__, name).compiler_flag for name in __future__.all_feature_names)
"""The flags that `from __future__ import` sets in compiled code."""

_ON_LINE = re.compile(r"\bon line (\d+)")
"""What a syntax error says of another line than its own."""

_Statement = tuple[int, CodeType]
"""The index of a statement, and its code."""

Pieces = Generator[Piece, None, BaseException | None]
"""Pieces, and the exception that ends them: a generator may not raise each, such as StopIteration."""


@dataclass
class Program:
    """The statements of a job, as pieces that are run in a namespace; writes the job's journal."""

    task: Task
    namespace: dict[str, Any]
    journal: Journal
    streams: Streams
    figures: FigureRecorder
    displays: Displays
    statement: int | None = None
    """Index of the statement that is running."""
    flags: int = 0
    """What `from __future__ import` has set so far."""
    _caught: Caught = field(default_factory=Caught)

    @cached_property
    def _lines(self) -> list[str]:
        return self.task.job.source.split("\n")

    def pieces(self) -> Pieces:
        """Yield each statement when it has to run; return the exception that no cell asserts."""
        self._prime_linecache()
        first = 0
        for unit in self.task.job.units:
            if error := (yield from self._run_unit(unit, first)):
                return error
            first += len(unit.statements)
        return None

    def _prime_linecache(self) -> None:
        """Let tracebacks show the text that runs, even if the file changes."""
        lines = OwnLines(line + "\n" for line in self.task.job.source.removesuffix("\n").split("\n"))
        name = str(self.task.script)
        linecache.cache[name] = (len(self.task.job.source), None, lines, name)

    def _run_unit(self, unit: Unit, first: int) -> Pieces:
        try:
            statements = list(enumerate(self._compile(unit, first), first))
        except SyntaxError as error:
            # The unit counts as one statement: it fails before any of it runs.
            self._quote(error)
            self._begin(first)
            if cell := self._cell_of(first):
                error.msg = self._in_lines_of(unit, error.msg or "") if cell.raises else error.msg
            return self._unless_asserted(error, cell)
        for cell, group in groupby(statements, key=lambda statement: self._cell_of(statement[0])):
            if raised := (yield from self._run_cell(cell, list(group))):
                return raised
        return None

    def _quote(self, error: SyntaxError) -> None:
        """Let an error quote the text that runs: Python may quote the file, which may be another by now."""
        if error.filename == str(self.task.script) and 0 < (error.lineno or 0) <= len(self._lines):
            error.text = self._lines[(error.lineno or 1) - 1]

    def _in_lines_of(self, unit: Unit, message: str) -> str:
        """Return a message that counts the lines of a fence as its slide shows them."""
        if self.task.script.suffix != ".md":
            return message
        above = unit.first_line - 1
        while self._lines[above].startswith("#|"):
            above += 1
        return _ON_LINE.sub(lambda match: f"on line {int(match[1]) - above}", message)

    def _run_cell(self, cell: Cell | None, statements: list[_Statement]) -> Pieces:
        if cell is None:
            return (yield from self._run_statements(statements))
        if self.task.job.cells.index(cell) in self.task.job.variant.left_out:
            return None
        self.figures.enter(cell)
        error = yield from self._run_statements(statements)
        if error is not None:
            error = self._unless_asserted(error, cell)
        elif cell.raises:
            message = f"cell {cell.name!r} should raise {cell.raises}, and did not"
            asserted = (ErrorKind((cell.raises,)),)
            statement = cell.end_statement - 1
            self.journal.fail(Failure(FailureKind.DID_NOT_RAISE, message, statement, errors=asserted))
        if error is None:
            self.figures.leave(cell, self.namespace)
        return error

    def _run_statements(self, statements: list[_Statement]) -> Pieces:
        for index, code in statements:
            self._begin(index)
            yield code, self.namespace
            value, error = self._caught.take()
            if error is not None:
                return error
            self.figures.ran(index)
            self._show(value, index)
            self.figures.save_stages(index, self.namespace)
        return None

    def _show(self, value: object, index: int) -> None:
        if value is None:
            return
        if self._cell_of(index):
            self.displays.show(self.displays.forms_of(value), value)
        else:  # the end of a script without cells: it may be its picture
            self.figures.remember(value)

    def _begin(self, index: int) -> None:
        self.statement = index
        self.displays.begin(index, self._cell_of(index))
        self.journal.write(StatementBegan(*self.streams.sizes(), index))

    def _unless_asserted(self, error: BaseException, cell: Cell | None) -> BaseException | None:
        """Log an exception that the cell asserts; return any other."""
        if cell is None or not cell.raises or not is_named(error, cell.raises):
            return error
        assert self.statement is not None, "an exception is raised by a statement"
        raised = describe(error, Path(self.task.root), self.task.script)
        self.journal.write(RaisedAsAsserted(self.statement, raised))
        return None

    def _cell_of(self, index: int) -> Cell | None:
        cells = self.task.job.cells
        return next((c for c in cells if c.first_statement <= index < c.end_statement), None)

    def _compile(self, unit: Unit, first: int) -> Iterator[CodeType]:
        text = "\n" * (unit.first_line - 1)
        text += "\n".join(self._lines[unit.first_line - 1 : unit.last_line])
        # Not `ast.parse`: for a syntax error, its caller would be who reads the file.
        name = str(self.task.script)
        tree: Any = compile(text, name, "exec", ast.PyCF_ONLY_AST, dont_inherit=True)
        self._check(tree)
        if first == 0 and ast.get_docstring(tree) is not None:
            exec(compile(ast.Module(tree.body[:1], type_ignores=[]), name, "exec"), self.namespace)
        for index, statement in enumerate(top_level(tree), first):
            self._override(statement)
            yield self._compile_one(statement, index)

    def _check(self, tree: ast.Module) -> None:
        """Raise the SyntaxError of statements that are wrong beside each other."""
        with warnings.catch_warnings(action="ignore"):  # each statement warns when it is compiled
            compile(tree, str(self.task.script), "exec", self.flags, dont_inherit=True)

    def _override(self, statement: ast.stmt) -> None:
        """Let `name = …` assign the value that the variant gives to the name."""
        overrides = dict(self.task.job.variant.overrides)
        name = assigned_name(statement)
        if name in overrides and isinstance(statement, ast.Assign | ast.AnnAssign):
            value = ast.parse(overrides[name], mode="eval").body
            statement.value = ast.copy_location(value, statement)
            ast.fix_missing_locations(statement)

    def _compile_one(self, statement: ast.stmt, index: int) -> CodeType:
        cell = self._cell_of(index)
        is_last = index == (cell.end_statement if cell else self.task.job.end_statement) - 1
        value = shown_value(statement, self._lines) if is_last else None
        code = self._caught.compiled(statement, value, str(self.task.script), self.flags)
        self.flags |= code.co_flags & _FUTURE
        return code
