"""How many processes and threads a job may start: what starts more waits until there is room."""

from __future__ import annotations

from collections import deque

from deckwright.child.recording.seccomp import Listener, Report
from deckwright.machine.process_tree import below


class Forks:
    """The calls of a job that start a process or a thread: the kernel reports each before it does it.

    Nothing else is as quick as what forks without end: it would always be ahead of who looks and kills.
    """

    def __init__(self, listener: Listener, keeper: int, processes: int, threads: int) -> None:
        """All that descends from the keeper counts. One too many may be there, which shows the fault."""
        self._listener = listener
        self._keeper = keeper
        self._processes, self._threads = processes, threads
        self._room = min(processes, threads)
        """How many may start before they are counted again."""
        self._waiting: deque[Report] = deque()

    @property
    def waits(self) -> bool:
        """Whether one waits for room."""
        return bool(self._waiting)

    def take(self, report: Report) -> None:
        """Let a call go on now, or as soon as there is room."""
        self._waiting.append(report)
        if len(self._waiting) == 1:
            self.go_on()

    def go_on(self) -> None:
        """Let the calls go on for which there is room."""
        while self._waiting and self._has_room():
            self._room -= 1
            self._listener.let_go_on(self._waiting.popleft())

    def _has_room(self) -> bool:
        if self._room <= 0:
            there = below(self._keeper)
            self._room = 1 + min(self._processes - len(there), self._threads - sum(there.values()))
        return self._room > 0
