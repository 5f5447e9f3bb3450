"""What a run prints and displays, piece by piece while it runs."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from deckwright.child.journal import Displayed, Event, Written
from deckwright.child.task import STDERR, STDOUT
from deckwright.execute.scratch_folder import JournalReader, read_display, read_part
from deckwright.files.bounded import file_bytes
from deckwright.model import OnText

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
        events: list[Event] = []
        with suppress(OSError, ValueError):
            events = self._journal.new_events()
        for event in events:
            self._take(event)
        self._pass_text(sizes)

    def _take(self, event: Event) -> None:
        if isinstance(event, Written):
            self._pass_text({STDOUT: event.stdout_bytes, STDERR: event.stderr_bytes})
        if not isinstance(event, Displayed) or not event.file:
            return
        rich = None
        with suppress(OSError, ValueError):
            rich = read_display(self._folder, event.file, self._output_bytes)
        if rich:
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
                piece = b""
                with suppress(OSError):
                    piece = read_part(self._folder / stream, start, end - start)
                self._on_text(stream, piece)
