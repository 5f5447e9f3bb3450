"""Leases of CPU slots and GPUs."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import field
from fractions import Fraction
from functools import cache

from deckwright.frozen import dataclass
from deckwright.machine.gpus import MIG
from deckwright.model import Job

_WHOLE = Fraction(1)


@dataclass(frozen=True, slots=True)
class Lease:
    """The right to run one job: CPU slots, and for a CUDA job GPUs."""

    visible: str | None = None
    """CUDA_VISIBLE_DEVICES for the job (its GPUs, if it has some); None for the one that is set."""
    slots: int = 1
    is_quick: bool = False
    shares: Mapping[str, Fraction] = field(default_factory=dict)
    """How much of each of its GPUs it has."""


class Leases:
    """Leases slots, and GPUs: each to one job, or to several that say how much of its memory they need.

    Some slots are spare: they are for jobs that are quick, when long ones have all others.
    """

    def __init__(
        self,
        slots: int,
        gpus: Sequence[str],
        spare: int = 0,
        memory: Callable[[], Mapping[str, int]] = dict,
    ) -> None:
        """`memory` returns the bytes of those GPUs of which they are known."""
        self.slots, self.spare, self.gpus = slots, spare, gpus
        self.memory = cache(memory)
        self.long = self.quick = 0
        """How many slots such jobs have."""
        self.free = dict.fromkeys(gpus, _WHOLE)
        """How much of each GPU no job has."""

    def turn(self) -> Turn:
        """Begin a turn, in which the jobs that wait ask for leases, the first one first."""
        return Turn(self)

    def give(self, lease: Lease) -> None:
        """Take a lease back."""
        self.change(lease, -1)

    def change(self, lease: Lease, by: int) -> None:
        """Count a lease as taken (1) or given back (-1)."""
        if lease.is_quick:
            self.quick += by * lease.slots
        else:
            self.long += by * lease.slots
        for gpu, share in lease.shares.items():
            self.free[gpu] -= by * share


class Turn:
    """One turn: what a job would need that has to wait is kept from those behind it, so that it gets it."""

    def __init__(self, leases: Leases) -> None:
        self._leases = leases
        self._kept_slots = 0
        self._kept_gpus = set[str]()

    def take(self, job: Job) -> Lease | None:
        """Return a lease for a job, or None if it has to wait."""
        free, wanted = self._leases.free, self._wanted(job)
        count = min(job.options.gpus, len(wanted))
        # Those that have most free are never given away: in the end the job gets them.
        chosen = sorted((gpu for gpu in wanted if gpu not in self._kept_gpus), key=lambda gpu: -free[gpu])[
            :count
        ]
        shares = {gpu: self._share(job, gpu) for gpu in sorted(chosen, key=wanted.index)}
        if len(shares) < count or any(free[gpu] < share for gpu, share in shares.items()):
            self._kept_gpus.update(shares)  # not its slots: what needs no GPU need not wait for one
            return None
        slots = min(job.options.nproc, self._leases.slots)
        if slots > self._free_slots(job.is_quick):
            self._kept_gpus.update(shares)
            self._kept_slots += slots
            return None
        lease = Lease(_visible(job, shares), slots, job.is_quick, shares)
        self._leases.change(lease, 1)
        return lease

    @property
    def is_over(self) -> bool:
        """Whether no job that asks from now on can get a slot."""
        return max(map(self._free_slots, (True, False))) <= 0

    def _free_slots(self, is_quick: bool) -> int:
        """Return how many slots are free; quick jobs count as if they had the spare ones first."""
        leases = self._leases
        without_long = leases.slots - leases.long
        if is_quick:
            return without_long + leases.spare - leases.quick - min(self._kept_slots, without_long)
        return without_long - max(0, leases.quick - leases.spare) - self._kept_slots

    def _wanted(self, job: Job) -> Sequence[str]:
        """Return the GPUs of which a job needs some; none if it needs none, or we know none."""
        kind, _, number = job.device.partition(":")
        if kind != "cuda":
            return ()
        if job.options.gpus > 1:
            return [gpu for gpu in self._leases.gpus if not gpu.startswith(MIG)]
        return self._leases.gpus[int(number) : int(number) + 1] if number else self._leases.gpus

    def _share(self, job: Job, gpu: str) -> Fraction:
        """Return how much of a GPU a job needs: all of it, unless it says how much memory."""
        wish = job.options.gpu_memory_bytes
        there = self._leases.memory().get(gpu, 0) if wish else 0
        return min(_WHOLE, Fraction(wish, there)) if there else _WHOLE


def _visible(job: Job, gpus: Collection[str]) -> str | None:
    """Return the GPUs that a job sees. Where we know none, it fails with its own error."""
    return ",".join(gpus) or ("" if job.device == "cpu" else None)
