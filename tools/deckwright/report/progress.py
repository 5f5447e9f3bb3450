"""Progress of a build: live on a terminal, as one line per step in a log, or as JSON."""

from __future__ import annotations

import os
import sys
import threading
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, TextIO

from deckwright.model import Event, Status, events
from deckwright.report.board import Board
from deckwright.report.excerpt import printable
from deckwright.report.json_report import event_json
from deckwright.report.phrases import counted, duration, paint

if TYPE_CHECKING:
    from rich.live import Live
    from rich.text import Text

Clock = Callable[[], float]

REFRESHES_PER_SECOND = 8


class _Display:
    def show(self, event: Event) -> None:
        raise NotImplementedError

    def close(self) -> None:
        """Leave a clean terminal."""


class Progress:
    """Shows the events that it is called with, and cleans the terminal when its context is left.

    Text goes to `stream` (stderr, apart from a command's own output), JSON to stdout. A build with nothing
    to do shows nothing.
    """

    def __init__(
        self, as_json: bool = False, stream: TextIO | None = None, clock: Clock = time.monotonic
    ) -> None:
        stream = stream or (sys.stdout if as_json else sys.stderr)
        self._display: _Display
        if as_json:
            self._display = _JsonLines(stream)
        elif _is_live(stream):
            self._display = _LiveBoard(stream, clock)
        else:
            self._display = _PlainLines(stream)

    def __enter__(self) -> Progress:
        return self

    def __call__(self, event: Event) -> None:
        self._display.show(event)

    def __exit__(self, *error: object) -> None:
        self._display.close()


def step_text(event: Event, done: int, steps: int, color: bool = False) -> str:
    """Return an event's line in a log; empty for an event without one."""
    match event:
        case events.Planned(stale=stale, again=True):
            return f"{counted(stale, 'script')} to run again: another script changed a file that was read"
        case events.Planned(total, stale) if stale:
            return f"{stale} of {counted(total, 'script')} to run"
        case events.Finished(name, status, seconds):
            shown = paint(status, "green" if status is Status.OK else "red", color)
            return f"[{done}/{steps}] {shown} {printable(name)} {duration(seconds)}"
        case events.Rendered(name, slides, pages):
            printed = f", {counted(pages, 'page')}" if pages else ""
            return f"rendered {printable(name)}: {counted(slides, 'slide')}{printed}"
        case events.Measured(name, diagnostics):
            return f"measured {printable(name)}: {counted(diagnostics, 'diagnostic')}"
        case events.Tried(name, _, seconds):
            return f"alone: {printable(name)} {duration(seconds)}"
        case events.TrialFinished(name, runs, seconds) if runs:
            return f"tried {printable(name)}: {counted(runs, 'run')}, {duration(seconds)}"
    return ""


def _is_live(stream: TextIO) -> bool:
    return stream.isatty() and os.environ.get("TERM", "dumb") != "dumb"


class _JsonLines(_Display):
    """One JSON object per line."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def show(self, event: Event) -> None:
        print(event_json(event), file=self._stream, flush=True)


class _PlainLines(_Display):
    """One line for each step that ends."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._board = Board()

    def show(self, event: Event) -> None:
        self._board = self._board.after(event, 0.0)
        if text := step_text(event, self._board.done, self._board.steps):
            encoding = self._stream.encoding or "utf-8"
            # A log in another encoding gets question marks; it must not end the build.
            print(text.encode(encoding, "replace").decode(encoding), file=self._stream, flush=True)


class _LiveBoard(_Display):
    """The board, refreshed below the lines of failed scripts."""

    def __init__(self, stream: TextIO, clock: Clock) -> None:
        self._stream = stream
        self._clock = clock
        self._board = Board()
        self._live: Live | None = None
        self._lock = threading.Lock()

    def show(self, event: Event) -> None:
        with self._lock:
            self._board = self._board.after(event, self._clock())
        if self._live is None and (self._board.running or self._board.steps):
            self._live = self._start()
        failed = isinstance(event, events.Finished) and event.status is not Status.OK
        if failed and self._live:
            self._live.console.print(step_text(event, self._board.done, self._board.steps))
        if isinstance(event, events.Done):
            self.close()

    def close(self) -> None:
        if self._live:
            self._live.stop()
        self._live = None

    def _start(self) -> Live:
        # Rich takes a tenth of a second to import, which a build with nothing to do can save.
        from rich.console import Console
        from rich.live import Live

        console = Console(file=self._stream, highlight=False, markup=False, soft_wrap=True)
        live = Live(
            get_renderable=lambda: self._text(console.width),
            console=console,
            transient=True,
            refresh_per_second=REFRESHES_PER_SECOND,
        )
        live.start()
        return live

    def _text(self, width: int) -> Text:
        from rich.text import Text

        with self._lock:
            lines = self._board.lines(self._clock(), width - 1)
        text = Text("\n".join(lines), no_wrap=True, overflow="crop")
        text.highlight_regex("━+", "green")
        text.highlight_regex("─+|  next .*", "dim")
        return text
