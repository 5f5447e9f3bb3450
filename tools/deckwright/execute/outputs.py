"""The outputs of a run's statements, from what it wrote and the events that say when."""

from __future__ import annotations

from itertools import groupby
from operator import itemgetter

from deckwright.child.journal import Cleared, Displayed, Ended, RaisedAsAsserted, StatementBegan, Written
from deckwright.child.task import STDERR, STDOUT
from deckwright.execute.scratch_folder import RunFiles
from deckwright.model import Job, Output, Part, Printed, Rich, Unshown

_GONE = Rich({}, "gone")
"""In place of a displayed value whose file is not there: it was cleared, or somebody removed it."""

_ERASED = "\033[2K\r" * 2
"""What IPython's `clear_output` prints where no notebook clears anything."""


def outputs_of(job: Job, files: RunFiles) -> tuple[Output, ...]:
    """Return what each statement printed and displayed, and raised as it should.

    Raises FileNotFoundError if the file of a displayed value is gone.
    """
    reader = _Reader(job, files)
    for event in files.events:
        if isinstance(event, Written):
            reader.take(event)
    reader.print_until((len(files.stdout), len(files.stderr)))
    reader.check_displays()
    raised = {event.statement: event.raised for event in files.all(RaisedAsAsserted)}
    groups = groupby(reader.parts, key=itemgetter(0))
    parts = {statement: tuple(part for _, part in group) for statement, group in groups}
    statements = range(sum(len(unit.statements) for unit in job.units))
    return tuple(Output(parts.get(number, ()), raised.get(number)) for number in statements)


class _Reader:
    """The outputs so far, while events are read in order."""

    def __init__(self, job: Job, files: RunFiles) -> None:
        self._job = job
        self._files = files
        self.parts: list[tuple[int, Part]] = []
        """Each with its statement."""
        self._statement = 0
        """The last one that began. Before the first one, the compiler may warn of it."""
        self._done = (0, 0)
        self._start = 0
        """Index of the first part that the cell's next `clear_output` removes."""
        self._clears_next = False

    def take(self, event: Written) -> None:
        self.print_until((event.stdout_bytes, event.stderr_bytes))
        match event:
            case StatementBegan(statement=statement):
                if self._first_of_cell(statement) != self._first_of_cell(self._statement):
                    self._start, self._clears_next = len(self.parts), False
                self._statement = statement
            case Displayed(file=file, printed=printed):
                if file:
                    self._show(self._files.displays.get(file, _GONE))
                if printed:
                    self._add(Unshown(printed))
            case Cleared(wait=wait):
                self._clears_next = True
                if not wait:
                    self._clear()
                self._add(Unshown(_ERASED))

    def print_until(self, end: tuple[int, int]) -> None:
        """Add what was written up to a place in both streams."""
        streams = zip((STDOUT, STDERR), (self._files.stdout, self._files.stderr), self._done, end)
        for stream, data, first, last in streams:
            if text := data[first:last].decode("utf-8", "replace"):
                self._show(Printed(stream, text))
        self._done = end

    def check_displays(self) -> None:
        """Raise FileNotFoundError for a value that is gone, but was not cleared."""
        # A run that was ended early may have been clearing it.
        if self._files.last(Ended) and any(part is _GONE for _, part in self.parts):
            raise FileNotFoundError("a displayed value is gone")
        self.parts = [(where, part) for where, part in self.parts if part is not _GONE]

    def _show(self, part: Printed | Rich) -> None:
        if self._clears_next:
            self._clear()
        if isinstance(part, Printed) or part != Rich({}):
            self._add(part)

    def _add(self, part: Part) -> None:
        self.parts.append((self._statement, part))

    def _clear(self) -> None:
        """Remove what the cell has shown; what it printed stays in what Python prints."""
        removed = self.parts[self._start :]
        self.parts[self._start :] = [(where, left) for where, part in removed for left in _unshown(part)]
        self._start, self._clears_next = len(self.parts), False

    def _first_of_cell(self, statement: int) -> int:
        """Return the first statement of a statement's cell; outside of cells, the statement itself."""
        cells = (c for c in self._job.cells if c.first_statement <= statement < c.end_statement)
        return next((cell.first_statement for cell in cells), statement)


def _unshown(part: Part) -> list[Unshown]:
    match part:
        case Printed(stream="stdout", text=text):
            return [Unshown(text)]
        case Unshown():
            return [part]
    return []
