"""What a run prints and displays, piece by piece while it runs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path

from deckwright.child.journal import Displayed, Ended, Event, StatementBegan
from deckwright.child.task import STDERR, STDOUT
from deckwright.execute.scratch_folder import JournalReader

DISPLAY = "display"

OnText = Callable[[str, bytes], None]
"""Takes where a piece was written (`STDOUT`, `STDERR`), or `DISPLAY` for a displayed value, and the piece."""


class Follower:
    """Hands on what has come since it last looked: statement by statement, a display after its own."""

    def __init__(self, folder: Path, on_text: OnText) -> None:
        self._folder = folder
        self._on_text = on_text
        self._told = {STDOUT: 0, STDERR: 0}
        """Bytes handed on so far, by stream."""
        self._journal = JournalReader(folder)
        self._display = b""
        """What the statement that runs displayed; its own output may still be on the way."""

    def look(self) -> None:
        """Hand on everything that has been written so far."""
        # The sizes first: what is written by then, the journal read afterwards tells the place of.
        sizes = {stream: _size(self._folder / stream) for stream in self._told}
        with suppress(ValueError):
            for event in self._journal.new_events():
                self._take(event)
        self._tell_until(sizes)

    def _take(self, event: Event) -> None:
        if isinstance(event, StatementBegan):
            self._tell_until({STDOUT: event.stdout_bytes, STDERR: event.stderr_bytes})
            self._tell_display()
        elif isinstance(event, Displayed):
            self._display = event.data.get("text/plain", "").encode("utf-8", "replace") + b"\n"
        elif isinstance(event, Ended):
            self._tell_until({stream: _size(self._folder / stream) for stream in self._told})
            self._tell_display()

    def _tell_until(self, sizes: Mapping[str, int]) -> None:
        for stream, end in sizes.items():
            count_bytes = end - self._told[stream]
            if count_bytes > 0:
                self._told[stream] = end
                self._on_text(stream, _piece(self._folder / stream, end - count_bytes, count_bytes))

    def _tell_display(self) -> None:
        if self._display.strip():
            self._on_text(DISPLAY, self._display)
        self._display = b""


def _piece(file: Path, start: int, count_bytes: int) -> bytes:
    with file.open("rb") as stream:
        stream.seek(start)
        return stream.read(count_bytes)


def _size(file: Path) -> int:
    with suppress(OSError):
        return file.stat().st_size
    return 0
