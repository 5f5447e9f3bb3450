"""The board: what a build is doing now, as a few lines of text; events in, lines out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field, replace

from deckwright.frozen import dataclass
from deckwright.model import Event, Status, events
from deckwright.report.excerpt import columns, fit, fit_end, printable
from deckwright.report.phrases import duration

MOST_RUNNING = 6
"""How many running steps are listed; the others are counted."""


@dataclass(frozen=True, slots=True)
class Running:
    """A script or a deck in progress."""

    name: str
    since_seconds: float
    last_seconds: float | None = None
    """How long it took last time."""
    part: str = ""
    """What of it runs, in words."""
    is_deck: bool = False
    """Whether its pages are made: a script of the deck may run meanwhile."""


@dataclass(frozen=True, slots=True)
class Board:
    """The state of a build between two events. Times are seconds of one clock."""

    waiting: Mapping[str, float | None] = field(default_factory=dict)
    """How long scripts took last time, in the order in which they will start."""
    running: tuple[Running, ...] = ()
    steps: int = 0
    done: int = 0
    failed: int = 0
    workers: int = 1
    """The largest number of scripts that ran at once so far."""

    def after(self, event: Event, now: float) -> Board:
        """Return the board after an event."""
        match event:
            case events.Planned():
                return replace(self, waiting=dict(event.last), steps=self.done + event.stale)
            case events.Started():
                return self._start(Running(event.subject, now - event.seconds, event.last_seconds))
            case events.Trying():
                return self._start(Running(event.subject, now, part=event.part))
            case events.Rendering() | events.Measuring():
                return self._start(Running(event.subject, now, is_deck=True))
            case events.Finished():
                failed = self.failed + (event.status is not Status.OK)
                return replace(self._without(event.subject), done=self.done + 1, failed=failed)
            case events.Rendered() | events.Measured():
                return self._without(event.subject, is_deck=True)
            case events.Tried() | events.TrialFinished():
                return self._without(event.subject)
        return self

    def left_seconds(self, now: float) -> float:
        """Return the shortest time for all scripts that ran before."""
        known = [each for each in self.waiting.values() if each is not None]
        rest = [
            max(each.last_seconds - now + each.since_seconds, 0)
            for each in self.running
            if each.last_seconds is not None
        ]
        return max([sum(known + rest) / self.workers, *known, *rest], default=0.0)

    def lines(self, now: float, width: int) -> list[str]:
        """Return the lines for a terminal, the bar first; none if nothing is in progress."""
        lines = [self._bar(now, width)] if self.done < self.steps else []
        lines += [_running_text(each, now, width) for each in self.running[:MOST_RUNNING]]
        if lines and not self.running:
            lines.append(fit("  starting Python", width))
        more = len(self.running) - MOST_RUNNING
        if more > 0:
            lines.append(f"  and {more} more")
        return lines + self._next(width)

    def _start(self, step: Running) -> Board:
        others = self._without(step.name, step.is_deck)
        running = (*others.running, step)
        scripts = sum(not each.is_deck for each in running)
        return replace(others, running=running, workers=max(self.workers, scripts))

    def _without(self, name: str, is_deck: bool = False) -> Board:
        waiting = {other: last for other, last in self.waiting.items() if is_deck or other != name}
        running = tuple(each for each in self.running if (each.name, each.is_deck) != (name, is_deck))
        return replace(self, waiting=waiting, running=running)

    def _bar(self, now: float, width: int) -> str:
        text = f" {self.done}/{self.steps}{self._left(now)}"
        if self.failed:
            text += f", {self.failed} failed"
        room = min(max(width - columns(text), 4), 40)
        full = room * self.done // self.steps
        return fit("━" * full + "─" * (room - full) + text, width)

    def _left(self, now: float) -> str:
        seconds = self.left_seconds(now)
        return f", {duration(seconds)} left" if seconds >= 1 else ""

    def _next(self, width: int) -> list[str]:
        if not self.waiting or not self.running:
            return []
        name, *others = self.waiting
        more = f" and {len(others)} more" if others else ""
        return [f"  next {fit_end(printable(name), width - 7 - len(more))}{more}"]


def _running_text(step: Running, now: float, width: int) -> str:
    took = duration(now - step.since_seconds)
    if step.last_seconds is not None and step.last_seconds >= 1:
        took += f" of {duration(step.last_seconds)}"
    room = max(width - len(took) - 4, 8)
    name = fit_end(printable(step.name), room)
    part = fit(printable(step.part), room - columns(name) - 2) if step.part else ""
    return f"▸ {name}{', ' if part else ''}{part}  {took}"
