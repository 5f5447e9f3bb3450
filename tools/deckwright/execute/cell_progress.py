"""Which cell of a job runs, and since when."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from deckwright.child.journal import StatementBegan
from deckwright.execute.scratch_folder import JournalReader
from deckwright.model import Job, OnCell


class CellProgress:
    """Follows the journal of a job that runs."""

    def __init__(self, job: Job, folder: Path, on_cell: OnCell | None = None) -> None:
        self._job = job
        self._journal = JournalReader(folder)
        self._on_cell = on_cell
        self._cell: int | None = None
        self._since: float | None = None

    def seconds(self, now: float) -> float:
        """Return how long the cell that runs has been running."""
        with suppress(OSError, ValueError):
            for event in self._journal.new_events():
                if isinstance(event, StatementBegan):
                    self._enter(self._cell_of(event.statement), now)
        return 0.0 if self._since is None else now - self._since

    def _enter(self, cell: int | None, now: float) -> None:
        if cell != self._cell or self._since is None:
            self._cell, self._since = cell, now
            if self._on_cell and cell is not None:
                self._on_cell(self._job.id, cell)

    def _cell_of(self, statement: int) -> int | None:
        cells = enumerate(self._job.cells)
        return next((n for n, c in cells if c.first_statement <= statement < c.end_statement), None)
