"""What the processes of a server use at a moment, by kind."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass

import psutil

KINDS = ("serve", "python", "node", "browser")
"""Our process; the server from which scripts are forked, and they; what renders; what draws."""


@dataclass(frozen=True, slots=True)
class Use:
    """What processes use together."""

    processes: int = 0
    rss_mb: float = 0.0
    pss_mb: float = 0.0
    """Memory, in which what processes share counts once."""
    descriptors: int = 0
    threads: int = 0

    def __add__(self, other: Use) -> Use:
        return Use(**{name: value + asdict(other)[name] for name, value in asdict(self).items()})


@dataclass(frozen=True, slots=True)
class Sample:
    """A moment of the day."""

    seconds: float
    saves: int
    uses: Mapping[str, Use]
    latency_seconds: float
    """From a save until the page has it: the median since the last sample."""


def uses(server: psutil.Process) -> dict[str, Use]:
    """Return what a server and its children use, by kind."""
    total = dict.fromkeys(KINDS, Use())
    for kind, process in _processes(server):
        with suppress(psutil.Error):  # it has just ended
            total[kind] += _use(process)
    return total


def _processes(server: psutil.Process) -> Iterator[tuple[str, psutil.Process]]:
    yield "serve", server
    for child in server.children(recursive=True):
        with suppress(psutil.Error):
            name = child.name().lower()
            kinds = [kind for kind in ("python", "node") if kind in name]
            yield kinds[0] if kinds else "browser", child


def _use(process: psutil.Process) -> Use:
    memory = process.memory_full_info()
    pss = getattr(memory, "pss", memory.uss)
    return Use(1, memory.rss / 2**20, pss / 2**20, process.num_fds(), process.num_threads())
