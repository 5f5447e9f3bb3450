"""Leases of CPU slots and GPUs."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Lease:
    """The right to run one job: a CPU slot, and for a CUDA job a GPU."""

    visible: str | None = None
    """CUDA_VISIBLE_DEVICES for the job (its GPU, if it has one); None for the one that is set."""


class Leases:
    """Leases a fixed number of slots, and each GPU to one job at a time.

    Some slots are spare: they are for jobs that are quick, when long ones have all others.
    """

    def __init__(self, slots: int, gpus: tuple[str, ...], spare: int = 0) -> None:
        self._slots = slots
        self._spare = spare
        self._gpus = gpus
        self._free = list(gpus)

    def take(self, device: str, is_quick: bool = False) -> Lease | None:
        """Return a lease for a job on a device, or None if it has to wait."""
        free = self._slots + (self._spare if is_quick else 0)
        lease = self._lease(device) if free > 0 else None
        if lease is not None:
            self._slots -= 1
        return lease

    def give(self, lease: Lease) -> None:
        """Take a lease back."""
        self._slots += 1
        if lease.visible:
            self._free.append(lease.visible)

    def _lease(self, device: str) -> Lease | None:
        kind, _, number = device.partition(":")
        if kind != "cuda":
            return Lease("" if kind == "cpu" else None)
        wanted = self._gpus[int(number) : int(number) + 1] if number else self._gpus
        if not wanted:
            # We know no such GPU: the script will fail with its own error.
            return Lease()
        gpu = next((gpu for gpu in self._free if gpu in wanted), None)
        if gpu is None:
            return None
        self._free.remove(gpu)
        return Lease(gpu)
