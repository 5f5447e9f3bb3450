"""Measures what a script costs besides its run: with the real code, and the results of a built course."""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial
from logging import CRITICAL
from pathlib import Path
from typing import TypeVar

from distributed import Client, LocalCluster
from makespan import Costs

from deckwright.build.context import Context
from deckwright.build.pipeline import plan_decks
from deckwright.build.run import recorder
from deckwright.cluster.assignment import Assignment, Reply, Session, pack, unpack
from deckwright.cluster.digests import KnownDigests
from deckwright.cluster.needs import Needs
from deckwright.cluster.same_machine import packages_of
from deckwright.model import Record, Result, Step
from deckwright.store import Store

T = TypeVar("T")

Run = tuple[Step, Record, Result]

_TASKS = 300
_ROUNDS = 3


def measure(context: Context) -> tuple[list[float], Costs]:
    """Return the recorded seconds of a course's scripts, and what each of them costs besides.

    Seconds are those of this process on a processor: what else runs here does not count.
    """
    began = time.process_time()
    plan, _ = plan_decks(context)
    assert plan, "there is no deck here"
    planned = (time.process_time() - began) / len(plan.steps)
    runs = list(_runs(context, plan.steps))
    assert runs, "build the course first"
    return [record.seconds for _, record, _ in runs], _costs(context, planned, runs)


def _runs(context: Context, steps: Iterable[Step]) -> Iterable[Run]:
    """Yield the last run of each script, with what a store leaves out of a result."""
    store, provides = context.ports.store, context.ports.environment.provides
    for step in steps:
        record = next(iter(store.records(step.job.id)), None)
        if record and (result := store.get(record)):
            names = {name.partition(".")[0] for name in step.job.imports}
            imports = tuple(sorted(filter(provides, names)))
            yield step, record, replace(result, reads=dict.fromkeys(record.reads), imports=imports)


def _costs(context: Context, planned: float, runs: list[Run]) -> Costs:
    root, store, environment = context.project.root, context.ports.store, context.ports.environment
    digests = KnownDigests(context.project.files, "bench")
    needs = Needs(root, digests, lambda job: next((each.reads for each in store.records(job)), ()))
    packages = packages_of([step.job for step, _, _ in runs], environment)
    session = Session("bench", str(root), "", 1, environment.python)

    def assign(run: Run) -> bytes:
        files, folders = needs.of(run[0].job)
        return pack(Assignment(session, run[0].job, packages, contents=files, folders=folders))

    def reply(run: Run) -> bytes:
        return pack(Reply("tcp://host", "host", run[2], digests=run[1].reads, packages=run[1].packages))

    def take(data: bytes) -> None:
        said = unpack(Reply, data)
        assert said.result
        digests.stamps(said.result, said.digests)

    assignments, send = _timed(assign, runs)
    _, read = _timed(partial(unpack, Assignment), assignments)
    replies, answer = _timed(reply, runs)
    _, taken = _timed(take, replies)
    record = recorder(context)
    _, recorded = _timed(lambda run: record(run[0], run[2]), runs)
    with tempfile.TemporaryDirectory(dir=context.build) as folder:
        empty = Store(Path(folder))
        _, put = _timed(lambda run: empty.put(run[1], run[2]), runs)
    dask = _dask(statistics.mean(map(len, assignments)), statistics.mean(map(len, replies)))
    return Costs(planned, send, dask, read + answer, taken, recorded, put)


def _timed(
    work: Callable[[Run], T] | Callable[[bytes], T], items: Iterable[Run | bytes]
) -> tuple[list[T], float]:
    """Do some work for each item; return what it gives, and the mean time."""
    began = time.process_time()
    done = [work(item) for item in items]  # type: ignore[arg-type]
    return done, (time.process_time() - began) / len(done)


def _dask(sent: float, answered: float) -> float:
    """Return the time per task of a scheduler in this process, with bytes as many as those of real ones."""
    with (
        LocalCluster(
            n_workers=1, threads_per_worker=2, dashboard_address=":0", silence_logs=CRITICAL
        ) as cluster,
        Client(cluster, set_as_default=False) as client,
    ):
        client.submit(bytes, 1).result()
        return min(_round(client, bytes(int(sent)), int(answered)) for _ in range(_ROUNDS))


def _round(client: Client, data: bytes, answered: int) -> float:
    """Return the time per task of one round."""
    began = time.process_time()
    futures = [
        client.submit(_answer, number, data, answered, pure=False, retries=0, priority=-number)
        for number in range(_TASKS)
    ]
    for future in futures:
        future.result()
    return (time.process_time() - began) / _TASKS


def _answer(number: int, data: bytes, size: int) -> bytes:
    return bytes(size)
