"""Jobs that come one by one run together, whatever the order in which they come and are dropped."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from typing import cast

import pytest

from deckwright.cluster.dispatcher import Dispatcher
from deckwright.errors import Cancelled, ServerError
from deckwright.execute.workers import Workers
from deckwright.model import Job, Options, Result


class FakeWorkers:
    """Workers whose jobs end when the test says so."""

    def __init__(self) -> None:
        self.ended: set[str] = set()
        self.running: frozenset[str] = frozenset()
        self.changed = threading.Condition()
        self.error: Exception | None = None
        self.is_closed = False
        self._cancelled = threading.Event()

    def __enter__(self) -> FakeWorkers:
        return self

    def __exit__(self, *error: object) -> None:
        self.is_closed = True

    def interrupt(self) -> None:
        with self.changed:
            self._cancelled.set()
            self.changed.notify_all()

    def end_leftovers(self) -> None:
        with self.changed:
            self.running = frozenset()
            self.changed.notify_all()

    def run(
        self, jobs: Sequence[Job], on_start: Callable[[str, float], None], on_cell: object
    ) -> Iterator[Result]:
        self._cancelled = cancelled = threading.Event()
        if self.error:
            raise self.error
        wanted = {job.id for job in jobs}
        with self.changed:
            self.running = frozenset(wanted)
            self.changed.notify_all()
        for job in jobs:
            on_start(job.id, 0.0)
        while wanted:
            with self.changed:
                self.changed.wait_for(lambda: wanted & self.ended or cancelled.is_set())
                done = wanted & self.ended
            for job_id in done:
                wanted.discard(job_id)
                yield Result(job_id, "cpu", 0.0)
            if cancelled.is_set():
                raise Cancelled

    def end(self, *jobs: str) -> None:
        with self.changed:
            self.ended.update(jobs)
            self.changed.notify_all()

    def until_running(self, *jobs: str) -> None:
        with self.changed:
            assert self.changed.wait_for(lambda: self.running == frozenset(jobs), timeout=60), self.running


@pytest.fixture
def workers() -> FakeWorkers:
    return FakeWorkers()


@pytest.fixture
def dispatcher(workers: FakeWorkers) -> Iterator[Dispatcher]:
    made = Dispatcher(cast(Workers, workers))
    yield made
    made.close()
    assert workers.is_closed


def _job(name: str) -> Job:
    return Job(name, "", (), (), Options(), "cpu")


def test_a_job_that_comes_later_runs_beside_the_first(workers: FakeWorkers, dispatcher: Dispatcher) -> None:
    first = dispatcher.submit(_job("a"))
    workers.until_running("a")
    second = dispatcher.submit(_job("b"))
    workers.until_running("a", "b")
    workers.end("b")
    assert second.result(timeout=60).job == "b"
    assert not first.done()
    workers.end("a")
    assert first.result(timeout=60).job == "a"


def test_a_job_that_is_dropped_is_ended_and_the_others_go_on(
    workers: FakeWorkers, dispatcher: Dispatcher
) -> None:
    kept, dropped = dispatcher.submit(_job("a")), dispatcher.submit(_job("b"))
    workers.until_running("a", "b")
    dispatcher.drop("b")
    workers.until_running("a")
    workers.end("a", "b")
    assert kept.result(timeout=60).job == "a"
    assert not dropped.done()


def test_the_last_job_that_is_dropped_is_ended(workers: FakeWorkers, dispatcher: Dispatcher) -> None:
    dispatcher.submit(_job("a"))
    workers.until_running("a")
    dispatcher.drop("a")
    workers.until_running()


def test_many_jobs_at_once_all_end(workers: FakeWorkers, dispatcher: Dispatcher) -> None:
    names = [f"job{number}" for number in range(200)]
    workers.end(*names)
    results = [dispatcher.submit(_job(name)) for name in names]
    assert [result.result(timeout=60).job for result in results] == names


def test_a_server_that_is_lost_is_an_error_of_each_job(workers: FakeWorkers, dispatcher: Dispatcher) -> None:
    workers.error = ServerError("it died", "")
    with pytest.raises(ServerError, match="it died"):
        dispatcher.submit(_job("a")).result(timeout=60)
