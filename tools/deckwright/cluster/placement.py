"""Which workers of a cluster can run which jobs, in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager

from deckwright.cluster.connection import gpus_of, gpus_there, refusals, workers_of
from deckwright.cluster.same_machine import packages_of
from deckwright.cluster.scheduler import Scheduler
from deckwright.frozen import dataclass
from deckwright.machine.environment import Environment
from deckwright.model import Job
from deckwright.text.counts import counted


@dataclass(frozen=True, slots=True)
class Worker:
    """A worker of a scheduler that runs."""

    address: str
    slots: int
    gpus: int
    refused: str = ""
    """Why it is not used at all, in words."""

    def refusal(self, job: Job) -> str:
        """Return in words why it cannot run a job; empty if it can."""
        if not self.refused and self.gpus < gpus_of(job):
            return f"it has {self.gpus or 'no'} GPU"
        return self.refused


def find_workers(
    opened: AbstractContextManager[Scheduler], jobs: Sequence[Job], here: Environment
) -> tuple[Worker, ...]:
    """Return the workers that are there, for some jobs."""
    packages = packages_of(jobs, here)
    with opened as scheduler:
        workers = workers_of(scheduler.client)
        refused = refusals(scheduler.client, here.python, packages)
    return tuple(
        Worker(address, info["nthreads"], gpus_there(info), refused.get(address, ""))
        for address, info in sorted(workers.items())
    )


def placement_lines(workers: Sequence[Worker], jobs: Sequence[Job]) -> Iterator[str]:
    """Yield a line per worker, with how many of some jobs it can run, and a line per job that none can."""
    refusals = {job.id: [worker.refusal(job) for worker in workers] for job in jobs}
    for number, worker in enumerate(workers):
        its_gpus = f", {counted(worker.gpus, 'GPU')}" if worker.gpus else ""
        can = sum(not reasons[number] for reasons in refusals.values())
        why = next((reasons[number] for reasons in refusals.values() if reasons[number]), "")
        how = f"can run {can} of {counted(len(jobs), 'script')}" + (f": {why}" if why else "")
        yield f"{worker.address} ({counted(worker.slots, 'slot')}{its_gpus}) {how}"
    for job, reasons in refusals.items():
        if all(reasons):
            yield f"{job} can run nowhere: " + ("; ".join(dict.fromkeys(reasons)) or "there is no worker")
