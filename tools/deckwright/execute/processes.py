"""Processes in sessions of their own: how much they use, and how they are ended.

A session is named by the pid of its leader. What a job starts stays in its session unless it asks
for another; such processes are found as descendants of the server, when that is ended.
"""

from __future__ import annotations

import os
import signal
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field

import psutil

LADDER = ((signal.SIGINT, 0.3), (signal.SIGTERM, 0.2), (signal.SIGKILL, 1.0))
"""Signals with the seconds until the next: Python's own interrupt first, which saves buffers."""


_KERNEL_LISTS_CHILDREN = os.path.exists("/proc/thread-self/children")


def sessions(root: int) -> dict[int, list[int]]:
    """Return the pids of the processes below a root, by the leader of their session."""
    found: dict[int, list[int]] = defaultdict(list)
    for pid in _below(root) if _KERNEL_LISTS_CHILDREN else psutil.pids():
        with suppress(OSError):
            found[os.getsid(pid)].append(pid)
    return found


def has_ended(pid: int) -> bool:
    """Whether a process is no more, or only waits for its parent to take note."""
    process = _process(pid)
    try:
        return process is None or process.status() == psutil.STATUS_ZOMBIE
    except psutil.Error:
        return True


def used_bytes(pids: Iterable[int], base_bytes: int, enough_bytes: int) -> int:
    """Return the memory that processes hold beyond what each began with.

    The quick measure is resident memory minus that. It counts twice what the processes share
    among each other, so above `enough_bytes` the kernel's proportional measure
    (each page divided by the number of its users) decides, where there is one.
    """
    processes = [_process(pid) for pid in pids]
    quick = sum(max(0, _resident(p) - base_bytes) for p in processes if p)
    if quick <= enough_bytes:
        return quick
    return min(quick, sum(_proportional(p) for p in processes if p))


@dataclass
class Ending:
    """A session on its way down the ladder; `push` sends the next signal when it is due."""

    leader: int
    _rung: int = 0
    _due: float = 0.0
    _ladder: tuple[tuple[signal.Signals, float], ...] = field(default=LADDER)

    def push(self, now: float, members: Iterable[int]) -> None:
        """Send what is due at this time (seconds of any steady clock)."""
        if now < self._due:
            return
        number, wait = self._ladder[min(self._rung, len(self._ladder) - 1)]
        signal_all(members, number)
        self._rung += 1
        self._due = now + wait


def at_once(leader: int) -> Ending:
    """An ending without warning, for what grows as long as it lives."""
    return Ending(leader, _ladder=LADDER[-1:])


def signal_all(pids: Iterable[int], number: signal.Signals) -> None:
    for pid in pids:
        with suppress(OSError):
            os.kill(pid, number)


def end_below(pid: int) -> None:
    """Kill all that descends from a process, at once, whichever sessions it went to."""
    root = _process(pid)
    for victim in _descendants(root) if root else ():
        with suppress(psutil.Error):
            victim.kill()


def _below(root: int) -> Iterator[int]:
    """Yield what descends from a process: twenty times as fast as looking at every process there is.

    While processes end, the kernel may leave some out.
    """
    with suppress(OSError):
        for thread in os.listdir(f"/proc/{root}/task"):
            with open(f"/proc/{root}/task/{thread}/children", "rb") as file:
                children = [int(pid) for pid in file.read().split()]
            for child in children:
                yield child
                yield from _below(child)


def _descendants(process: psutil.Process) -> list[psutil.Process]:
    try:
        return process.children(recursive=True)
    except psutil.Error:
        return []


def _process(pid: int) -> psutil.Process | None:
    try:
        return psutil.Process(pid)
    except psutil.Error:
        return None


def _resident(process: psutil.Process) -> int:
    try:
        return int(process.memory_info().rss)
    except psutil.Error:
        return 0


def _proportional(process: psutil.Process) -> int:
    try:
        full = process.memory_full_info()
    except psutil.Error:
        return 0
    return int(getattr(full, "pss", full.uss))
