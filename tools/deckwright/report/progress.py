"""Progress of a build: live on a terminal, as one line per step in a log, or as JSON."""

from __future__ import annotations

import os
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, TextIO

from deckwright.model import Event, Status, events
from deckwright.report.board import Board
from deckwright.report.excerpt import printable
from deckwright.report.json_report import event_json
from deckwright.report.phrases import duration
from deckwright.text.counts import counted

if TYPE_CHECKING:
    from rich.live import Live
    from rich.text import Text

REFRESHES_PER_SECOND = 8


@contextmanager
def progress(
    as_json: bool = False, stream: TextIO | None = None, with_decks: bool = False
) -> Iterator[Callable[[Event], None]]:
    """Yield a function that shows events, and leave a clean terminal.

    Text goes to `stream` (stderr, apart from a command's own output), JSON to stdout. A build with nothing
    to do shows nothing. With `with_decks`, a terminal also gets a line for each deck made while scripts run.
    """
    stream = stream or (sys.stdout if as_json else sys.stderr)
    if as_json:
        yield lambda event: print(event_json(event), file=stream, flush=True)
    elif stream.isatty() and os.environ.get("TERM", "dumb") != "dumb":
        board = _LiveBoard(stream, with_decks)
        try:
            yield board.show
        finally:
            board.close()
    else:
        yield _PlainLines(stream).show


def _step_text(event: Event, done: int, steps: int) -> str:
    """Return an event's line in a log; empty for an event without one."""
    match event:
        case events.Installing(tools):
            return f"downloading {tools}: once, for all projects"
        case events.Planned(stale=stale, again=True):
            return f"{counted(stale, 'script')} to run again: another script changed a file that was read"
        case events.Planned(total, stale) if stale:
            return f"{stale} of {counted(total, 'script')} to run"
        case events.Finished(name, status, seconds):
            return f"[{done}/{steps}] {status} {printable(name)} {duration(seconds)}"
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


class _PlainLines:
    """One line for each step that ends."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._board = Board()

    def show(self, event: Event) -> None:
        self._board = self._board.after(event, 0.0)
        if text := _step_text(event, self._board.done, self._board.steps):
            encoding = self._stream.encoding or "utf-8"
            # A log in another encoding gets question marks; it must not end the build.
            print(text.encode(encoding, "replace").decode(encoding), file=self._stream, flush=True)


class _LiveBoard:
    """The board, refreshed below the lines of failed scripts, and of decks that are made early."""

    def __init__(self, stream: TextIO, with_decks: bool) -> None:
        self._stream = stream
        self._with_decks = with_decks
        self._board = Board()
        self._live: Live | None = None
        self._lock = threading.Lock()

    def show(self, event: Event) -> None:
        with self._lock:
            self._board = self._board.after(event, time.monotonic())
        if isinstance(event, events.Installing):
            print(_step_text(event, 0, 0), file=self._stream, flush=True)
        if self._live is None and (self._board.running or self._board.steps):
            self._live = self._start()
        if self._live and self._is_of_interest(event):
            self._live.console.print(_step_text(event, self._board.done, self._board.steps))
        if isinstance(event, events.Done):
            self.close()

    def _is_of_interest(self, event: Event) -> bool:
        if isinstance(event, events.Rendered):
            return self._with_decks and self._board.done < self._board.steps
        return isinstance(event, events.Finished) and event.status is not Status.OK

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
            console=console,
            transient=True,
            refresh_per_second=REFRESHES_PER_SECOND,
            get_renderable=lambda: self._text(console.width),
        )
        live.start()
        return live

    def _text(self, width: int) -> Text:
        from rich.text import Text

        with self._lock:
            lines = self._board.lines(time.monotonic(), width - 1)
        text = Text("\n".join(lines), no_wrap=True, overflow="crop")
        text.highlight_regex("━+", "green")
        text.highlight_regex("─+|  next .*", "dim")
        return text
