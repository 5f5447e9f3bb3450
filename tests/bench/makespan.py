"""How long a build on a cluster takes: a simulation of the machine that plans, and of its workers."""

from __future__ import annotations

import heapq
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Costs:
    """Seconds of work per script besides its own run, as measured with the real code."""

    plan: float
    """To read it and decide whether it runs."""
    send_codec: float
    """To find what it needs, and turn the assignment into bytes."""
    send_dask: float
    """To submit it, and to hear of its start and end."""
    worker: float
    """Of its worker, to read the assignment and turn the result into bytes."""
    take_codec: float
    """To read the result."""
    record: float
    """To say what the run depended on."""
    store: float
    """To write result and record."""

    @property
    def send(self) -> float:
        return self.send_codec + self.send_dask

    @property
    def take(self) -> float:
        return self.take_codec + self.record + self.store


def ideal(seconds: Sequence[float], workers: int) -> float:
    """Return a bound that no schedule is below."""
    return max(sum(seconds) / workers, max(seconds))


def simulate(seconds: Sequence[float], workers: int, costs: Costs) -> float:
    """Return when the last result is stored.

    As in the runner: all is planned, then all scripts are sent, those with the longest last run first, and
    then results are taken one by one, as they come. A worker takes the first script that waits.
    """
    sent = costs.plan * len(seconds)
    free = [0.0] * workers
    ends = []
    for duration in sorted(seconds, reverse=True):
        sent += costs.send
        end = max(sent, heapq.heappop(free)) + costs.worker + duration
        heapq.heappush(free, end)
        ends.append(end)
    now = sent
    for end in sorted(ends):
        now = max(now, end) + costs.take
    return now
