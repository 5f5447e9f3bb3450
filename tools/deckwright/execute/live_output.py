"""What a run prints and displays, piece by piece while it runs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import TypeVar

from deckwright.child.journal import Displayed, Event, Written
from deckwright.child.task import STDERR, STDOUT
from deckwright.execute.scratch_folder import JournalReader, read_display, read_part
from deckwright.files.bounded import file_bytes
from deckwright.model import OnText

T = TypeVar("T")

DISPLAY = "display"
"""The source of a displayed value."""


class Follower:
    """Passes on what a job writes and displays, in that order."""

    def __init__(self, folder: Path, on_text: OnText, output_bytes: int) -> None:
        """`output_bytes`: how much the job may write."""
        self._folder = folder
        self._output_bytes = output_bytes
        self._on_text = on_text
        self._journal = JournalReader(folder)
        self._passed_bytes = {STDOUT: 0, STDERR: 0}
        """How much of each stream has been passed on."""

    def poll(self) -> None:
        """Pass on what has been written since the last call."""
        # Sizes before events: the journal then holds the statement of every byte counted here.
        sizes = self._sizes()
        nothing: list[Event] = []
        for event in _readable(self._journal.new_events, nothing):
            self._take(event)
        self._pass_text(sizes)

    def _take(self, event: Event) -> None:
        if isinstance(event, Written):
            self._pass_text({STDOUT: event.stdout_bytes, STDERR: event.stderr_bytes})
        if not isinstance(event, Displayed) or not event.file:
            return
        if rich := _readable(partial(read_display, self._folder, event.file, self._output_bytes), None):
            text = rich.data.get("text/plain", "").encode("utf-8", "replace") + b"\n"
            if text.strip():
                self._on_text(DISPLAY, text)

    def _sizes(self) -> dict[str, int]:
        return {stream: file_bytes(self._folder / stream) for stream in (STDOUT, STDERR)}

    def _pass_text(self, sizes: Mapping[str, int]) -> None:
        """Pass on each stream up to a size."""
        for stream, size in sizes.items():
            start, end = self._passed_bytes[stream], min(size, self._output_bytes)
            if end > start:
                self._passed_bytes[stream] = end
                read = partial(read_part, self._folder / stream, start, end - start)
                self._on_text(stream, _readable(read, b""))


def _readable(read: Callable[[], T], otherwise: T) -> T:
    """Return what is read; otherwise a default: a script may have removed or replaced what it has written."""
    try:
        return read()
    except (OSError, ValueError):
        return otherwise
