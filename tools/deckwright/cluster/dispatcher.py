"""Jobs that come one by one, for `Workers`, which run several together."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import field

from deckwright.errors import Cancelled
from deckwright.execute.workers import Workers
from deckwright.frozen import dataclass
from deckwright.model import Job, Result


@dataclass
class _Wanted:
    job: Job
    on_cell: Callable[[int], None]
    result: Future[Result] = field(default_factory=Future)


class Dispatcher:
    """Runs each job as it comes, beside those that run already, in a thread of its own."""

    def __init__(self, workers: Workers) -> None:
        self._workers = workers
        self._wanted: dict[str, _Wanted] = {}
        """By id of the job."""
        self._changed = threading.Condition()
        self._known: frozenset[str] = frozenset()
        """The jobs of the current run."""
        self._closed = False
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def submit(self, job: Job, on_cell: Callable[[int], None] = lambda cell: None) -> Future[Result]:
        """Run a job; its id must not be that of one that runs."""
        with self._changed:
            wanted = self._wanted[job.id] = _Wanted(job, on_cell)
            self._notify()
        return wanted.result

    def drop(self, job: str) -> None:
        """End a job at once, if it runs."""
        with self._changed:
            if self._wanted.pop(job, None):
                self._notify()

    def close(self) -> None:
        """End all jobs and processes."""
        with self._changed:
            self._wanted.clear()
            self._closed = True
            self._notify()
        self._thread.join()

    def _notify(self) -> None:
        self._changed.notify()
        self._workers.interrupt()  # the run goes on with the jobs that are wanted now

    def _serve(self) -> None:
        with self._workers:
            while jobs := self._next():
                self._run(jobs)

    def _next(self) -> list[Job]:
        """Wait for jobs, and return all that are wanted; none when closed."""
        with self._changed:
            if not self._wanted and not self._closed:
                self._changed.release()
                try:
                    self._workers.end_leftovers()
                finally:
                    self._changed.acquire()
            self._changed.wait_for(lambda: self._wanted or self._closed)
            self._known = frozenset(self._wanted)
            return [wanted.job for wanted in self._wanted.values()]

    def _run(self, jobs: list[Job]) -> None:
        try:
            for result in self._workers.run(jobs, self._on_start, on_cell=self._on_cell):
                if wanted := self._taken(result.job):
                    wanted.result.set_result(result)
        except Cancelled:
            pass  # other jobs are wanted now
        except Exception as error:  # of the server: it says nothing of a script
            for job in jobs:
                if wanted := self._taken(job.id):
                    wanted.result.set_exception(error)

    def _taken(self, job: str) -> _Wanted | None:
        with self._changed:
            return self._wanted.pop(job, None)

    def _on_start(self, job: str, seconds: float) -> None:
        with self._changed:
            if self._known != frozenset(self._wanted):  # one came before this run could be interrupted
                self._workers.interrupt()

    def _on_cell(self, job: str, cell: int) -> None:
        if wanted := self._wanted.get(job):
            wanted.on_cell(cell)
