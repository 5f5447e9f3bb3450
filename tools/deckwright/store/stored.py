"""What the store holds: runs, renderings and builds, how they are named, and how they are written.

Lines of JSON carry their own digest; one that is damaged or of another version reads as absent.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import field
from typing import Any

from deckwright.files import codec
from deckwright.files.digests import digest
from deckwright.files.tracked import FileLog
from deckwright.frozen import dataclass
from deckwright.model import Record, RenderedDeck, Report, Result

FORMAT = "6"
"""The version of all that is stored; other versions read as absent."""


@dataclass(frozen=True, slots=True)
class StoredRun:
    """The record of a run, and the files that hold its result."""

    record: Record
    files: Mapping[str, int]
    """Size in bytes of each, by path below the store's folder."""


@dataclass(frozen=True, slots=True)
class StoredArtifact:
    """An `Artifact` whose bytes are in files named by their digests."""

    name: str
    data: str
    cell: int | None = None
    still: str | None = None
    after: int | None = None


@dataclass(frozen=True, slots=True)
class StoredResult:
    """The content of a result's file: the result without its artifacts, and where these are."""

    name: str
    """The name of the run: a file that was moved to another run's place is not its result."""
    result: Result
    artifacts: tuple[StoredArtifact, ...]


@dataclass(frozen=True, slots=True)
class RenderRecord:
    """A deck's last rendering."""

    key: str
    deck: RenderedDeck
    files: Mapping[str, str]
    """Digest of each file that it wrote, by path below build/."""


@dataclass(frozen=True, slots=True)
class BuildRecord:
    """What a build depended on, what it wrote and reported: enough to report it again."""

    conditions: str
    """Digest of everything outside of the sources that a build depends on."""
    sources: FileLog
    outputs: FileLog
    """Of the files below build/."""
    report: Report
    asked: Mapping[str, str] = field(default_factory=dict)
    """By deck that no other one quotes, a digest of all that its own text decides besides its own page."""


def name_of(record: Record) -> str:
    """Return the name of a run's result: runs with one key may have read other files or left other values."""
    used = [record.text, sorted(record.reads.items()), sorted(record.packages.items())]
    return digest(json.dumps([record.key, *used, sorted(record.values)]))


def seal(data: Any) -> bytes:
    """Return JSON-like data as a line with its digest."""
    body = json.dumps(data, separators=(",", ":"))
    return f"{digest(FORMAT + body)} {body}\n".encode("ascii")


def unseal(line: bytes | None) -> Any:
    """Return the data of a line; None if it is damaged or of another version."""
    known, _, body = (line or b"").removesuffix(b"\n").partition(b" ")
    if digest(FORMAT.encode() + body).encode() != known:
        return None
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        return None  # not damaged, but forged: what other machines share is not trusted


def decoded(kind: type[codec.T], data: Any) -> codec.T | None:
    """Return the value that data encodes; None for no data, or for data of another version of the model."""
    try:
        return None if data is None else codec.decode(kind, data)
    except (codec.Malformed, RecursionError):
        return None
