"""Trees of processes, as Linux lists them in /proc; elsewhere all of them are empty.

Only the standard library: the processes that run scripts use this module, too.
"""

from __future__ import annotations

import os
import signal
import time
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator
from contextlib import suppress

from deckwright.frozen import dataclass

_ENDS_SECONDS = 5.0
"""How long killed processes may take to end, on a busy machine."""
_POLL_SECONDS = 0.005

_STOPPED, _ENDED = "T", "ZX"

_LISTS_CHILDREN = os.path.exists("/proc/thread-self/children")
_HAS_DESCRIPTORS = hasattr(os, "pidfd_open") and hasattr(signal, "pidfd_send_signal")
"""Whether processes have descriptors: Linux 5.3, and a Python that was built on it."""


@dataclass(frozen=True, slots=True)
class Status:
    """A process at one moment."""

    pid: int
    state: str
    """One letter, as `ps` shows it."""
    parent: int
    group: int
    session: int
    born: int
    """When it began, in ticks of the kernel's clock: no other process with its number began then."""

    @property
    def is_stopped(self) -> bool:
        return self.state == _STOPPED

    @property
    def has_ended(self) -> bool:
        return self.state in _ENDED


def status_of(pid: int) -> Status | None:
    """Return the status of a process; None if it is gone."""
    with suppress(OSError, ValueError), open(f"/proc/{pid}/stat", "rb") as file:
        state, *numbers = file.read().rpartition(b")")[2].split()
        return Status(pid, state.decode(), *map(int, (*numbers[:3], numbers[18])))
    return None


def ancestors(pid: int) -> list[Status]:
    """Return the parent of a process, the parent of that, and so on."""
    found: list[Status] = []
    status = status_of(pid)
    while status and status.parent and (status := status_of(status.parent)):
        found.append(status)
    return found


def below(root: int) -> dict[int, int]:
    """Return what descends from a process: pids, each with its number of threads.

    Quick, but while processes end, the kernel may leave some out.
    """
    if not _LISTS_CHILDREN:
        return {each.pid: len(_threads(each.pid)) for each in _running(root, ())}
    return dict(_below(root, _threads(root), ()))


def end_below(root: int, spared: Container[int] = ()) -> bool:
    """Kill what descends from a process, but not those that are spared, nor what descends from them.

    First all are stopped: what starts processes without end would be ahead of us for ever. Returns whether
    nothing is left.
    """
    deadline = time.monotonic() + _ENDS_SECONDS
    while running := _freeze(root, spared, deadline):
        for process in running.values():
            send(process, signal.SIGKILL)
        if time.monotonic() > deadline:
            return False
        time.sleep(_POLL_SECONDS)
    return True


def send(process: Status, number: signal.Signals) -> None:
    """Send a signal to a process, unless it has ended: another one may have its number by now."""
    with suppress(OSError):
        descriptor = os.pidfd_open(process.pid) if _HAS_DESCRIPTORS else None
        try:
            now = status_of(process.pid)  # what has this number from the opening to the sending
            if now and now.born == process.born:
                _send(process.pid, descriptor, number)
        finally:
            if descriptor is not None:
                os.close(descriptor)


def _send(pid: int, descriptor: int | None, number: signal.Signals) -> None:
    if descriptor is None:
        os.kill(pid, number)
    else:
        signal.pidfd_send_signal(descriptor, number)


def _freeze(root: int, spared: Container[int], deadline: float) -> dict[int, Status]:
    """Stop what descends from a process, until none is new; return what that is, by pid."""
    frozen: dict[int, Status] = {}
    while _freeze_new(_quick(root, spared), frozen) or _freeze_new(_running(root, spared), frozen):
        if time.monotonic() > deadline:
            break
    return frozen


def _freeze_new(processes: Iterable[Status], frozen: dict[int, Status]) -> bool:
    """Stop those of some processes that are not frozen yet; return whether there were any."""
    before = len(frozen)
    for process in processes:
        if process.pid not in frozen:
            send(process, signal.SIGSTOP)
            frozen[process.pid] = process
    return len(frozen) > before


def _quick(root: int, spared: Container[int]) -> Iterator[Status]:
    """Yield what descends from a process, the last first: what starts a successor and ends is soon gone.

    While processes end, the kernel may leave some out.
    """
    if _LISTS_CHILDREN:
        for pid, _ in reversed(list(_below(root, _threads(root), spared))):
            if (status := status_of(pid)) and not status.has_ended:
                yield status


def _running(root: int, spared: Container[int]) -> Iterator[Status]:
    """Yield what descends from a process and has not ended, from the status of all processes."""
    children: dict[int, list[Status]] = defaultdict(list)
    with suppress(OSError):
        for name in filter(str.isdecimal, os.listdir("/proc")):
            if status := status_of(int(name)):
                children[status.parent].append(status)
    waiting = children[root]
    while waiting:
        status = waiting.pop()
        if status.pid not in spared:
            waiting += children[status.pid]
            if not status.has_ended:
                yield status


def _below(pid: int, threads: list[str], spared: Container[int]) -> Iterator[tuple[int, int]]:
    for thread in threads:
        with suppress(OSError), open(f"/proc/{pid}/task/{thread}/children", "rb") as file:
            for child in map(int, file.read().split()):
                if child not in spared:
                    of_child = _threads(child)
                    yield child, len(of_child)
                    yield from _below(child, of_child, spared)


def _threads(pid: int) -> list[str]:
    with suppress(OSError):
        return os.listdir(f"/proc/{pid}/task")
    return []
