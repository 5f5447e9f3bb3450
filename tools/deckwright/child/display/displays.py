"""What a job displays: shown, replaced and cleared as in a notebook, within the limit of its output."""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import asdict
from itertools import count
from time import monotonic
from typing import Any, NoReturn

from deckwright.child.display.display_limit import DisplayLimit
from deckwright.child.display.figures import FigureRecorder
from deckwright.child.display.forms import FormLimit, rich_of, rich_of_data
from deckwright.child.journal import Cleared, Displayed, Journal
from deckwright.child.streams import Streams
from deckwright.child.task import Task
from deckwright.model import Cell, Failure, FailureKind, Rich

_MOST_EVENTS = 20_000
"""How often a job may display something, or clear it."""

_MOST_PRINTED = 2 * 2**20
"""Characters of what Python prints in place of displayed values: they are in the journal."""

_WIDGET = "application/vnd.jupyter.widget-view+json"

_FLUSH_SECONDS = 0.1
"""How long a file may be older than the value that it holds."""

_EVENT_BYTES = 100
"""What an event counts beside its text."""


class Displays:
    """Records what a job displays: each value is in a file, which another value may replace."""

    def __init__(self, task: Task, journal: Journal, streams: Streams, figures: FigureRecorder) -> None:
        self._folder = task.scratch
        self._journal = journal
        self._streams = streams
        self._figures = figures
        self._limit = DisplayLimit(task.job.options.output_bytes)
        self._events = 0
        self._longest = FormLimit(*self._limit.most)
        self._printed_left = min(task.job.options.output_bytes, _MOST_PRINTED)
        self._files = (f"display-{number}.json" for number in count(1))
        self._named: dict[str, list[str]] = {}
        """Files of the values that have an id."""
        self._statement: int | None = None
        self._first: int | None = None
        """The first statement of its cell."""
        self._shown: list[str] = []
        """Files of what the cell has displayed."""
        self._clears_next = False
        """Whether the next value clears what the cell has displayed."""
        self._widgets: list[tuple[str, object]] = []
        """What the statement displays that changes by itself, with its file."""
        self._changed: dict[str, Rich] = {}
        self._next_flush = 0.0
        self._lock = threading.RLock()

    @property
    def owned(self) -> bool:
        """Whether this process is the job itself, not one that it forked."""
        return self._journal.owned

    def begin(self, statement: int, cell: Cell | None) -> None:
        """Begin a statement: what it displays belongs to its cell, or (without cells) to itself."""
        self._refresh()
        self._statement = statement
        first = cell.first_statement if cell else statement
        if first != self._first:
            self._first, self._shown, self._clears_next = first, [], False

    def forms_of(
        self, value: object, include: Collection[str] = (), exclude: Collection[str] = ()
    ) -> Rich | None:
        """Return the forms of a value as `rich_of` does, each no longer than shows that it is too long."""
        return rich_of(value, self._longest, include, exclude)

    def forms_of_data(self, data: Mapping[Any, Any]) -> Rich:
        """Return forms that a script gives itself, in the same way."""
        return rich_of_data(data, self._longest)

    def show(self, rich: Rich | None, value: object, printed: str = "", name: str = "") -> None:
        """Show a value; `printed` is what Python itself would print.

        Older values with its id, `name`, become it, too.
        """
        if not self.owned:
            return
        with self._recording(value):
            self._replace(name, rich)
            if rich is None:
                self._log("", printed)
                return
            if self._clears_next:
                self._drop()
            file = next(self._files)
            self._shown.append(file)
            if name:
                self._named.setdefault(name, []).append(file)
            problem = self._limit.take(file, rich)
            self._put(file, self._limit.shortened(rich) if problem else rich)
            self._log(file, printed)
            if problem:
                self._end(problem)
            if _WIDGET in rich.data:
                self._widgets.append((file, value))

    def update(self, rich: Rich | None, value: object, printed: str, name: str) -> None:
        """Show a value in place of those with an id."""
        with self._recording(value):
            self._replace(name, rich)
            self._log("", printed)

    def clear(self, *, wait: bool) -> None:
        """Remove what the cell has shown so far: now, or when it shows something else."""
        with self._recording(None):
            self._count()
            self._journal.write(Cleared(*self._streams.sizes(), wait))
            self._clears_next = True
            if not wait:
                self._drop()

    @contextmanager
    def _recording(self, value: object) -> Iterator[None]:
        with self._lock:
            if value is not None:
                self._figures.displayed(value, self._statement)
            yield

    def _replace(self, name: str, rich: Rich | None) -> None:
        for file in self._named.get(name, ()):
            self._change(file, rich or Rich({}))
        if monotonic() > self._next_flush:
            self._flush()

    def _change(self, file: str, rich: Rich) -> None:
        problem = self._limit.take(file, rich)
        self._changed[file] = self._limit.shortened(rich) if problem else rich
        if problem:
            self._end(problem)

    def finish(self) -> None:
        """Write what has changed since it was displayed."""
        self._refresh()
        self._flush()

    def _refresh(self) -> None:
        """Show widgets of the last statement, such as tqdm's bars, as they are now."""
        widgets, self._widgets = self._widgets, []
        for file, widget in widgets:
            if file in self._shown:
                is_closed = getattr(widget, "comm", widget) is None
                self._change(file, (None if is_closed else self.forms_of(widget)) or Rich({}))

    def _flush(self) -> None:
        """Write changed values into their files: there is no time for that in each step of a progress."""
        while self._changed:
            self._put(*self._changed.popitem())
        self._next_flush = monotonic() + _FLUSH_SECONDS

    def _drop(self) -> None:
        for file in self._shown:
            self._limit.free(file)
            with suppress(OSError):
                os.unlink(os.path.join(self._folder, file))
            self._changed.pop(file, None)
        dropped = {*self._shown}
        self._named = {name: [f for f in files if f not in dropped] for name, files in self._named.items()}
        self._shown, self._clears_next = [], False

    def _log(self, file: str, printed: str) -> None:
        """Log a value, or (without a file) only what Python prints, as far as there is room for that."""
        if file:
            self._count()
        self._printed_left -= len(printed) + _EVENT_BYTES
        printed = printed if self._printed_left >= 0 else ""
        if file or printed:
            self._journal.write(Displayed(*self._streams.sizes(), file, printed))

    def _count(self) -> None:
        self._events += 1
        if self._events > _MOST_EVENTS:
            self._end(f"displayed values more than {_MOST_EVENTS:,} times")

    def _put(self, file: str, rich: Rich) -> None:
        path = os.path.join(self._folder, file)
        with open(f"{path}.new", "w", encoding="ascii") as target:
            json.dump(asdict(rich), target)
        os.replace(f"{path}.new", path)

    def _end(self, problem: str) -> NoReturn:
        """End the process, as one that prints too much is ended."""
        self._journal.fail(Failure(FailureKind.OUTPUT, problem, self._statement))
        self._flush()
        self._streams.flush()
        os._exit(1)
