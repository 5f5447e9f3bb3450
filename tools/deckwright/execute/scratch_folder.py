"""What a run writes into its scratch folder, as values."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar, get_args

from deckwright.child.journal import ArtifactSaved, Displayed, Event, Started
from deckwright.child.task import JOURNAL, STDERR, STDOUT
from deckwright.files.codec import Malformed, decode
from deckwright.model import Artifact, Rich

E = TypeVar("E", bound=Event)
_EVENTS: dict[str, type[Event]] = {kind.__name__: kind for kind in get_args(Event)}


@dataclass(frozen=True, slots=True)
class RunFiles:
    """What a run has written, read once."""

    events: tuple[Event, ...]
    stdout: bytes
    """As much of it as was asked for; so is stderr."""
    stderr: bytes
    written_bytes: int
    """Size of both files."""
    artifacts: tuple[Artifact, ...]
    displays: Mapping[str, Rich]
    """Displayed values by file, without those that were cleared."""

    def all(self, kind: type[E]) -> list[E]:
        """Return the events of a kind, oldest first."""
        return [event for event in self.events if isinstance(event, kind)]

    def last(self, kind: type[E]) -> E | None:
        return next((event for event in reversed(self.events) if isinstance(event, kind)), None)


def read_run_files(folder: Path, most_bytes: int) -> RunFiles:
    """Read what a run has written, but no more than so many bytes of stdout and of stderr.

    Raises OSError or ValueError where that is not as a job writes it.
    """
    events = JournalReader(folder).new_events()
    stdout, stderr = (read_part(folder / name, 0, most_bytes) for name in (STDOUT, STDERR))
    artifacts = tuple(_artifacts(folder, events))
    displayed = (event.file for event in events if isinstance(event, Displayed) and event.file)
    displays = {file: rich for file in displayed if (rich := read_display(folder / file))}
    return RunFiles(tuple(events), stdout, stderr, written_bytes(folder), artifacts, displays)


def written_bytes(folder: Path) -> int:
    """Return the size of what a run has written to stdout and stderr."""
    return file_bytes(folder / STDOUT) + file_bytes(folder / STDERR)


def file_bytes(file: Path) -> int:
    """Return the size of a file, 0 where there is none."""
    with suppress(OSError):
        return file.stat().st_size
    return 0


def read_part(file: Path, start: int, most_bytes: int) -> bytes:
    """Return no more than so many bytes of a file, from a place in it on."""
    # A process that dies early enough leaves no file at all.
    with suppress(FileNotFoundError), file.open("rb") as stream:
        stream.seek(start)
        return stream.read(most_bytes)
    return b""


def read_display(file: Path) -> Rich | None:
    """Return a displayed value; None if it was cleared. Raises ValueError for what is none."""
    try:
        return decode(Rich, json.loads(file.read_bytes()))
    except FileNotFoundError:
        return None


def _artifacts(folder: Path, events: Iterable[Event]) -> Iterator[Artifact]:
    for event in events:
        if isinstance(event, ArtifactSaved):
            still = (folder / event.still).read_bytes() if event.still else None
            yield Artifact(event.name, (folder / event.file).read_bytes(), event.cell, still)


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
        events = JournalReader(folder).new_events()
        return next((event.peak_bytes for event in events if isinstance(event, Started)), 0)
    return 0
