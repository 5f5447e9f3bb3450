"""Whether a worker gives the results of this machine: Python, packages and our own code must be the same."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from deckwright.machine.environment import Environment
from deckwright.model import Job


def packages_of(jobs: Iterable[Job], here: Environment) -> dict[str, str]:
    """Return the versions of what scripts import, and of their requirements, by distribution."""
    return here.packages({name.partition(".")[0] for job in jobs for name in job.imports})


def difference(python_here: str, here: Mapping[str, str], python_there: str, there: Mapping[str, str]) -> str:
    """Return in words how a worker differs from this machine in what is compared; empty if it does not.

    `python_here` and `python_there` are `Environment.python`; `here` has the packages that count, with their
    versions.
    """
    version_here, _, code_here = python_here.rpartition(" ")
    version_there, _, code_there = python_there.rpartition(" ")
    if version_here != version_there:
        return f"it runs {version_there}, this machine {version_here}"
    if code_here != code_there:
        return "it has another version of Deckwright"
    differing = [
        f"it has {name} {there[name]}, this machine {version}" if name in there else f"it has no {name}"
        for name, version in here.items()
        if there.get(name) != version
    ]
    return (
        differing[0] + (f" ({len(differing) - 1} more differ)" if differing[1:] else "") if differing else ""
    )
