"""What a run leaves in its scratch folder, as values."""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path
from typing import get_args

from deckwright.child.journal import Event, Started
from deckwright.child.task import JOURNAL
from deckwright.files.codec import Malformed, decode

_EVENTS: dict[str, type[Event]] = {kind.__name__: kind for kind in get_args(Event)}


class JournalReader:
    """Reads the events of a job, which may still run."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / JOURNAL
        self._offset = 0

    def new_events(self) -> list[Event]:
        """Return the events written since the last call; raises ValueError for a line that is none."""
        lines = list[bytes]()
        with suppress(OSError), self._file.open("rb") as file:
            file.seek(self._offset)
            *lines, _ = file.read().split(b"\n")
        self._offset += sum(len(line) + 1 for line in lines)
        return [_event(line) for line in lines]


def _event(line: bytes) -> Event:
    match json.loads(line):
        case {"event": str(name), **fields} if name in _EVENTS:
            return decode(_EVENTS[name], fields)
    raise Malformed(f"not an event of a job: {line[:80]!r}")


def base_bytes(folder: Path) -> int:
    """Return the memory that a process had before its script began (0 until it is known).

    For a forked one, that is mostly what it shares with the server.
    """
    with suppress(ValueError):
        for event in JournalReader(folder).new_events():
            if isinstance(event, Started):
                return event.peak_bytes
    return 0
