"""Processes by the tree and the session that they belong to: how much memory they use, and how to end them.

A session is named by the pid of its leader. What a job starts stays in its session unless it asks for
another; the tree below the server holds those that did.
"""

from __future__ import annotations

import os
import signal
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from typing import TypeVar

import psutil

T = TypeVar("T")

LADDER = ((signal.SIGINT, 0.3), (signal.SIGTERM, 0.2), (signal.SIGKILL, 1.0))
"""Signals, each with the seconds until the next. The first lets Python raise, and write its buffers."""

AT_ONCE = LADDER[-1:]

_KERNEL_LISTS_CHILDREN = os.path.exists("/proc/thread-self/children")


class Ending:
    """A session that is being ended: the signal to send next, and when."""

    def __init__(self, ladder: tuple[tuple[signal.Signals, float], ...] = LADDER) -> None:
        self._ladder = ladder
        self._due = 0.0

    def due(self, now: float) -> signal.Signals | None:
        """Return the signal to send at a time (seconds of a monotonic clock), if one is due."""
        if now < self._due:
            return None
        number, seconds = self._ladder[0]
        self._ladder = self._ladder[1:] or self._ladder
        self._due = now + seconds
        return number


def sessions(root: int, kernel_lists_children: bool = _KERNEL_LISTS_CHILDREN) -> dict[int, list[int]]:
    """Return the pids of the processes below a root, by the leader of their session.

    Where the kernel lists no children, of all processes.
    """
    by_leader: dict[int, list[int]] = defaultdict(list)
    for pid in _below(root) if kernel_lists_children else psutil.pids():
        with suppress(OSError):
            by_leader[os.getsid(pid)].append(pid)
    return by_leader


def descendants(pid: int) -> list[psutil.Process]:
    """Return what descends from a process, whichever sessions it is in."""
    return _ask(pid, lambda process: process.children(recursive=True), [])


def kill(processes: Iterable[psutil.Process], wait_seconds: float = 0) -> None:
    """Kill processes, and wait until they are gone."""
    running = [process for process in processes if not has_ended(process.pid)]
    for process in running:
        with suppress(psutil.Error):
            process.kill()
    if wait_seconds:
        psutil.wait_procs(running, wait_seconds)


def signal_all(pids: Iterable[int], number: signal.Signals) -> None:
    for pid in pids:
        with suppress(OSError):
            os.kill(pid, number)


def signal_group(leader: int, number: signal.Signals) -> None:
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(leader, number)


def has_ended(pid: int) -> bool:
    """Whether a process is gone, or a zombie."""
    return _ask(pid, lambda process: process.status(), psutil.STATUS_ZOMBIE) == psutil.STATUS_ZOMBIE


def used_bytes(pids: Iterable[int], base_bytes: int, enough_bytes: int) -> int:
    """Return the memory that processes hold beyond what each began with.

    The quick measure is resident memory minus that. It counts memory that processes share once for
    each of them, so above `enough_bytes` the kernel's proportional measure (each page divided by the
    number of its users) decides, if there is one.
    """
    pids = list(pids)
    quick = sum(max(0, _ask(pid, lambda process: process.memory_info().rss, 0) - base_bytes) for pid in pids)
    return quick if quick <= enough_bytes else min(quick, sum(_ask(pid, _proportional, 0) for pid in pids))


def _below(root: int) -> Iterator[int]:
    """Yield what descends from a process: twenty times as fast as `descendants`.

    While processes end, the kernel may leave some out.
    """
    with suppress(OSError):
        for thread in os.listdir(f"/proc/{root}/task"):
            with open(f"/proc/{root}/task/{thread}/children", "rb") as file:
                children = [int(pid) for pid in file.read().split()]
            for child in children:
                yield child
                yield from _below(child)


def _proportional(process: psutil.Process) -> int:
    full = process.memory_full_info()
    return int(getattr(full, "pss", full.uss))


def _ask(pid: int, question: Callable[[psutil.Process], T], otherwise: T) -> T:
    """Return what psutil answers about a process, or a default if the process has ended."""
    try:
        return question(psutil.Process(pid))
    except psutil.Error:
        return otherwise
