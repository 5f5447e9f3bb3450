"""What a run writes into its scratch folder, as values.

The script can write there, too: nothing is read but regular files, and no more of them than a run may leave.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import TypeVar, get_args

from deckwright.child.bounds import JOURNAL_BYTES, display_bytes, figure_bytes
from deckwright.child.journal import ArtifactSaved, Displayed, Event, Started
from deckwright.child.task import JOURNAL, STACK, STDERR, STDOUT, rank_folder
from deckwright.execute.stack import STACK_BYTES
from deckwright.files.bounded import Unfit, file_bytes, open_regular, read_bounded
from deckwright.files.codec import Malformed, decode
from deckwright.frozen import dataclass
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
    stack: bytes = b""
    """Where the process was when it was interrupted."""

    def all(self, kind: type[E]) -> list[E]:
        """Return the events of a kind, oldest first."""
        return [event for event in self.events if isinstance(event, kind)]

    def last(self, kind: type[E]) -> E | None:
        return next((event for event in reversed(self.events) if isinstance(event, kind)), None)


def read_run_files(folder: Path, output_bytes: int) -> RunFiles:
    """Read what a run has written, as far as the limit of its output allows.

    Raises OSError or ValueError where that is not as a job writes it.
    """
    events = JournalReader(folder).new_events()
    stdout, stderr = (read_part(folder / name, 0, output_bytes) for name in (STDOUT, STDERR))
    artifacts = _artifacts(_Files(folder, figure_bytes(output_bytes)), events)
    displays = _displays(_Files(folder, display_bytes(output_bytes)), events)
    stack = read_part(folder / STACK, 0, STACK_BYTES)
    return RunFiles(tuple(events), stdout, stderr, written_bytes(folder), artifacts, displays, stack)


class _Files:
    """Reads files of a scratch folder that together have no more than so many bytes."""

    def __init__(self, folder: Path, most_bytes: int) -> None:
        self._folder = folder
        self._left = most_bytes

    def read(self, name: str) -> bytes:
        data = read_bounded(file_in(self._folder, name), self._left)
        self._left -= len(data)
        return data


def file_in(folder: Path, name: str) -> Path:
    """Return a file right in a folder; raises Malformed for a name that leads elsewhere."""
    if name != Path(name).name or "\0" in name:
        raise Malformed(f"not the name of a file of a job: {name[:80]!r}")
    return folder / name


def missing_files(folder: Path) -> list[str]:
    """Return which of the files are missing that a job makes when it begins."""
    return [name for name in (JOURNAL, STDOUT, STDERR) if not os.path.lexists(folder / name)]


def written_bytes(folder: Path, ranks: int = 1) -> int:
    """Return the size of what a run has written to stdout and stderr, in all of its ranks."""
    folders = [Path(rank_folder(str(folder), rank)) for rank in range(ranks)]
    return sum(file_bytes(each / name) for each in folders for name in (STDOUT, STDERR))


def read_part(file: Path, start: int, most_bytes: int) -> bytes:
    """Return no more than so many bytes of a file, from a place in it on."""
    # A process that dies early enough leaves no file at all.
    with suppress(FileNotFoundError), open_regular(file) as stream:
        stream.seek(start)
        return stream.read(most_bytes)
    return b""


def read_display(folder: Path, name: str, output_bytes: int) -> Rich | None:
    """Return a displayed value; None if it was cleared. Raises OSError or ValueError for what is none."""
    return _display(_Files(folder, display_bytes(output_bytes)), name)


def _displays(files: _Files, events: Iterable[Event]) -> Mapping[str, Rich]:
    names = dict.fromkeys(event.file for event in events if isinstance(event, Displayed) and event.file)
    return {name: rich for name in names if (rich := _display(files, name))}


def _display(files: _Files, name: str) -> Rich | None:
    try:
        return decode(Rich, json.loads(files.read(name)))
    except FileNotFoundError:
        return None


def _artifacts(files: _Files, events: Iterable[Event]) -> tuple[Artifact, ...]:
    saved = (event for event in events if isinstance(event, ArtifactSaved))
    return tuple(
        Artifact(
            event.name,
            files.read(event.file),
            event.cell,
            files.read(event.still) if event.still else None,
            event.after,
        )
        for event in saved
    )


class JournalReader:
    """Reads the events of a job, which may still run."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / JOURNAL
        self._offset = 0

    def new_events(self) -> list[Event]:
        """Return the events written since the last call; raises ValueError for a line that is none.

        Raises OSError for a journal that no job writes.
        """
        lines = list[bytes]()
        with suppress(FileNotFoundError), open_regular(self._file) as file:
            size = os.fstat(file.fileno()).st_size
            if size > JOURNAL_BYTES:
                raise Unfit("its journal is too large")
            file.seek(self._offset)
            *lines, _ = file.read(max(0, size - self._offset)).split(b"\n")
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
    with suppress(OSError, ValueError):
        events = JournalReader(folder).new_events()
        return next((event.peak_bytes for event in events if isinstance(event, Started)), 0)
    return 0
