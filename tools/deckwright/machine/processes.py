"""The processes of a job: which they are, how much memory they use, and how to end them.

All that descends from the keeper of a job belongs to it, and on Linux nothing can leave that tree. On other
systems, what a process left behind when it ended is known by its session, unless it asked for another one.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import TypeVar

import psutil

from deckwright.machine import process_tree

T = TypeVar("T")

LADDER = ((signal.SIGINT, 0.3), (signal.SIGTERM, 0.2), (signal.SIGKILL, 1.0))
"""Signals, each with the seconds until the next. The first lets Python raise, and write its buffers."""

AT_ONCE = LADDER[-1:]

_LINUX = sys.platform == "linux"


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


def members(keeper: int, leader: int) -> dict[int, int]:
    """Return the processes of a job, each with its number of threads, by its keeper and its own process."""
    if _LINUX:
        return process_tree.below(keeper)
    pids = {*_below(keeper), *_session(leader)}
    return {pid: _ask(pid, lambda process: process.num_threads(), 0) for pid in pids}


def end(keeper: int, leader: int) -> None:
    """Kill the processes of a job; on Linux also those that they are about to start."""
    end_below(keeper)
    if not _LINUX:
        signal_all(_session(leader), signal.SIGKILL)


def end_below(root: int) -> None:
    """Kill what descends from a process; on Linux also what that is about to start."""
    if _LINUX:
        process_tree.end_below(root)
    else:
        kill(descendants(root))


def end_strays(leader: int, variable: str, value: str) -> None:
    """Kill what is left of a job whose keeper has ended: its session, and where a variable has a value.

    Processes that others than us adopted are known by nothing else.
    """
    for process in psutil.process_iter():
        with suppress(OSError, psutil.Error):
            if (leader and _leader(process.pid) == leader) or process.environ().get(variable) == value:
                process.kill()


def stopped(root: int) -> set[int]:
    """Return the processes of a root's session, itself included, that a signal has stopped."""
    return {pid for pid in (root, *_below(root)) if is_stopped(pid) and _leader(pid) == root}


def is_stopped(pid: int) -> bool:
    """Whether a signal has stopped a process."""
    return _ask(pid, lambda process: process.status(), "") == psutil.STATUS_STOPPED


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


def _below(root: int) -> list[int]:
    return list(process_tree.below(root)) if _LINUX else [process.pid for process in descendants(root)]


def _session(leader: int) -> list[int]:
    """Return the processes of a session, which is named by the one that made it."""
    return [pid for pid in psutil.pids() if _leader(pid) == leader]


def _leader(pid: int) -> int | None:
    """Return the leader of a process's session; None if it has ended."""
    with suppress(OSError):
        return os.getsid(pid)
    return None


def _proportional(process: psutil.Process) -> int:
    full = process.memory_full_info()
    return int(getattr(full, "pss", full.uss))


def _ask(pid: int, question: Callable[[psutil.Process], T], otherwise: T) -> T:
    """Return what psutil answers about a process, or a default if the process has ended."""
    try:
        return question(psutil.Process(pid))
    except psutil.Error:
        return otherwise
