"""Which scripts read what others wrote, as far as their last runs show."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from deckwright.build.context import Context
from deckwright.model import Record


def last_record(context: Context, job: str) -> Record | None:
    """Return the record of a job's last run, if there is one."""
    return next(iter(context.ports.store.records(job)), None)


def writers_of(writes: Mapping[str, Collection[str]]) -> Mapping[str, frozenset[str]]:
    """Return the jobs that wrote a file, or in a folder, by its path; `writes` has the paths by job."""
    writers: dict[str, set[str]] = {}
    for job, paths in writes.items():
        for path in paths:
            writers.setdefault(path, set()).add(job)
    return {path: frozenset(jobs) for path, jobs in writers.items()}


def makers(job: str, reads: Collection[str], writers: Mapping[str, frozenset[str]]) -> frozenset[str]:
    """Return the other jobs that wrote what a job reads."""
    return frozenset[str]().union(*(writers[path] for path in writers.keys() & set(reads))) - {job}
