"""Which workers of a cluster can run which jobs, in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass

from distributed import Client

from deckwright.cluster.connection import gpus_of, workers_of
from deckwright.cluster.same_machine import difference, packages_of
from deckwright.cluster.worker import environment_there
from deckwright.machine.environment import Environment
from deckwright.model import Job
from deckwright.report.phrases import counted


@dataclass(frozen=True, slots=True)
class Worker:
    """A worker of a scheduler that runs."""

    address: str
    slots: int
    gpus: int
    python: str
    """`Environment.python` there; empty if Deckwright is not installed."""
    versions: Mapping[str, str]

    def refusal(self, job: Job, here: Environment) -> str:
        """Return in words why it cannot run a job; empty if it can."""
        if not self.python:
            return "it has no deckwright"
        if self.gpus < gpus_of(job):
            return f"it has {self.gpus or 'no'} GPU"
        return difference(here.python, packages_of(job, here), self.python, self.versions)


def find_workers(opened: AbstractContextManager[Client]) -> tuple[Worker, ...]:
    """Return the workers that are there."""
    with opened as client:
        workers = workers_of(client)
        there = client.run(environment_there, on_error="return")
    return tuple(_worker(address, info, there.get(address)) for address, info in sorted(workers.items()))


def _worker(address: str, info: Mapping[str, object], there: object) -> Worker:
    python, versions = there if isinstance(there, tuple) else ("", {})
    resources: Mapping[str, float] = info.get("resources") or {}  # type: ignore[assignment]
    return Worker(address, int(str(info["nthreads"])), int(resources.get("GPU", 0)), python, versions)


def placement_lines(workers: Sequence[Worker], jobs: Sequence[Job], here: Environment) -> Iterator[str]:
    """Yield a line per worker, with how many of some jobs it can run, and a line per job that none can."""
    refusals = {job.id: [worker.refusal(job, here) for worker in workers] for job in jobs}
    for number, worker in enumerate(workers):
        its_gpus = f", {counted(worker.gpus, 'GPU')}" if worker.gpus else ""
        can = sum(not reasons[number] for reasons in refusals.values())
        why = next((reasons[number] for reasons in refusals.values() if reasons[number]), "")
        how = f"can run {can} of {counted(len(jobs), 'script')}" + (f": {why}" if why else "")
        yield f"{worker.address} ({counted(worker.slots, 'slot')}{its_gpus}) {how}"
    for job, reasons in refusals.items():
        if all(reasons):
            yield f"{job} can run nowhere: " + ("; ".join(dict.fromkeys(reasons)) or "there is no worker")
