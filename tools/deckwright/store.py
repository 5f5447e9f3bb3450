"""Results on disk, below build/: whole or absent.

The folder holds `index.log` (one line for each run and each rendering, appended; the last line of a
name counts), `results/` (one file a run) and `artifacts/` (pictures, named by their digest). Every
line and file carries a digest of itself and of the format's version, so that what is damaged, cut
short or of another version reads as absent. Two builds may share a folder: whatever one of them
loses to the other is run again, never mixed up.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import Any

from deckwright import codec
from deckwright.errors import StoreError
from deckwright.files import Testimony
from deckwright.fingerprint import digest
from deckwright.model import Artifact, Record, RenderedDeck, Report, Result
from deckwright.whole import write_whole

FORMAT = "2"
"""Version of what is written here; other versions read as absent."""

SYNCED_SECONDS = 1.0
"""A run of this length is forced to the disk: after a power cut, shorter ones are soon repeated."""

MOST_REPLACED = 1000
"""The index is rewritten when more lines than these have been replaced by later ones."""

ABANDONED_SECONDS = 3600.0
"""A file of this age that nothing names belongs to no build that is still running."""


@dataclass(frozen=True, slots=True)
class Rendering:
    """What is remembered of a deck's last rendering."""

    key: str
    deck: RenderedDeck
    files: Mapping[str, str]
    """Digest of each file that it wrote, by path relative to the project's root."""


@dataclass(frozen=True, slots=True)
class Told:
    """What a build depended on, left behind and told: all that it takes to tell it again."""

    conditions: str
    """Digest of everything outside of the sources that a build depends on."""
    sources: Testimony
    made: Testimony
    """Of the files below build/."""
    report: Report


@dataclass(frozen=True, slots=True)
class Picture:
    """An `Artifact` whose bytes lie in files named by their digests."""

    name: str
    data: str
    cell: int | None = None
    still: str | None = None


@dataclass(frozen=True, slots=True)
class Kept:
    """What a result's file holds: the result without its artifacts, and these as pictures."""

    result: Result
    pictures: tuple[Picture, ...]


class Store:
    """Results, records and renderings in one folder. Errors: `StoreError`, only when writing."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._index = _Index(folder / "index.log")

    def records(self, job: str, key: str = "") -> Iterator[Record]:
        """Yield the records of runs with this id or this key whose results are there, the last first."""
        for data in reversed(self._index.all("run")):
            if data["job"] == job or data["key"] == key:
                record = _decoded(Record, data)
                if record and self._result_path(record).is_file():
                    yield record

    def get(self, record: Record) -> Result | None:
        """Return the result of a run; None when it is absent or damaged: the caller runs the job again."""
        kept = self._kept(record)
        if kept is None:
            return None
        artifacts = tuple(a for a in map(self._artifact, kept.pictures) if a is not None)
        return replace(kept.result, artifacts=artifacts) if len(artifacts) == len(kept.pictures) else None

    def put(self, record: Record, result: Result) -> None:
        """Keep a result and the record of its run; the record last, so that it never lies."""
        sync = result.seconds >= SYNCED_SECONDS
        pictures = tuple(self._keep_artifact(artifact, sync) for artifact in result.artifacts)
        # What it read and imported is in the record.
        kept = Kept(replace(result, artifacts=(), reads={}, imports=()), pictures)
        write_atomic(self._result_path(record), _seal(codec.encode(kept)), sync)
        self._index.put("run", _name(record), codec.encode(record), sync)

    def rendering(self, deck: str) -> Rendering | None:
        """Return what is remembered of a deck's last rendering."""
        return _decoded(Rendering, self._index.get("deck", deck))

    def decks(self) -> frozenset[str]:
        """Return the paths of all decks whose rendering is remembered."""
        return frozenset(data["deck"]["path"] for data in self._index.all("deck"))

    def put_rendering(self, rendering: Rendering) -> None:
        """Remember a rendering whose files are all written."""
        self._index.put("deck", rendering.deck.path, codec.encode(rendering), sync=False)

    def build(self, name: str) -> Told | None:
        """Return what is remembered of the last build of this name."""
        return _decoded(Told, _unseal(_read(self._build_path(name))))

    def put_build(self, name: str, told: Told) -> None:
        """Remember a build that has come to its end."""
        write_atomic(self._build_path(name), _seal(codec.encode(told)), sync=False)

    def report(self) -> Report | None:
        """Return what the last build told of all decks, those that earlier ones made included."""
        return _decoded(Report, _unseal(_read(self._folder / "report.json")))

    def put_report(self, report: Report) -> None:
        write_atomic(self._folder / "report.json", _seal(codec.encode(report)), sync=False)

    def prune(self, jobs: Collection[str], decks: Collection[str]) -> int:
        """Forget all but the last run of each job and each deck's rendering; return bytes freed."""
        records = [record for job in jobs for record in islice(self.records(job), 1)]
        self._index.keep({"run": {_name(record) for record in records}, "deck": decks})
        needed = {self._result_path(record) for record in records}
        for kept in map(self._kept, records):
            needed |= {self._artifact_path(name) for name in _digests(kept.pictures if kept else ())}
        return sum(_remove_abandoned(path) for path in self._files() if path not in needed)

    def _kept(self, record: Record) -> Kept | None:
        return _decoded(Kept, _unseal(_read(self._result_path(record))))

    def _result_path(self, record: Record) -> Path:
        return self._folder / "results" / f"{_name(record)}.json"

    def _build_path(self, name: str) -> Path:
        return self._folder / "builds" / f"{name}.json"

    def _artifact_path(self, name: str) -> Path:
        return self._folder / "artifacts" / name

    def _keep_artifact(self, artifact: Artifact, sync: bool) -> Picture:
        still = None if artifact.still is None else self._keep_bytes(artifact.still, sync)
        return Picture(artifact.name, self._keep_bytes(artifact.data, sync), artifact.cell, still)

    def _keep_bytes(self, data: bytes, sync: bool) -> str:
        name = digest(data)
        write_atomic(self._artifact_path(name), data, sync)
        return name

    def _artifact(self, picture: Picture) -> Artifact | None:
        data = self._bytes(picture.data)
        still = None if picture.still is None else self._bytes(picture.still)
        if data is None or (still is None) != (picture.still is None):
            return None
        return Artifact(picture.name, data, picture.cell, still)

    def _bytes(self, name: str) -> bytes | None:
        data = _read(self._artifact_path(name))
        return data if data is not None and digest(data) == name else None

    def _files(self) -> Iterator[Path]:
        for folder in (self._folder, self._folder / "results", self._folder / "artifacts"):
            yield from (path for path in sorted(folder.glob("*")) if path.is_file())


def _name(record: Record) -> str:
    """Return the name of a run's result: runs with the same key may have read different files."""
    return digest(json.dumps([record.key, sorted(record.reads.items()), sorted(record.packages.items())]))


def write_atomic(path: Path, data: bytes, sync: bool = True) -> bool:
    """Write a file whole, and only if its content differs; return whether it was written.

    Readers see the old file or the new one; with `sync` after a power cut, too. Raise `StoreError`
    when it cannot be written.
    """
    if _read(path) == data:
        return False
    with _our_error(path):
        write_whole(path, data, sync)
    return True


def unchanged(root: Path, files: Mapping[str, str]) -> bool:
    """Whether each file below `root` still has the digest that it was written with."""
    contents = ((_read(root / path), known) for path, known in files.items())
    return all(data is not None and digest(data) == known for data, known in contents)


class _Index:
    """The log as a dictionary: kind and name to JSON data. Read at the first use, once."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._known: dict[tuple[str, str], Any] | None = None
        self._replaced = 0

    def get(self, kind: str, name: str) -> Any:
        return self._entries().get((kind, name))

    def all(self, kind: str) -> list[Any]:
        """Return the data of all entries of a kind, the last put last."""
        return [data for (other, _), data in self._entries().items() if other == kind]

    def put(self, kind: str, name: str, data: Any, sync: bool) -> None:
        """Append an entry in one write, so that the lines of two builds do not mix."""
        if self._replaced > MOST_REPLACED:
            self._compact()
        self._add(kind, name, data)
        # A line break comes first, too: the last line may have been cut short.
        with _our_error(self._path):
            _append(self._path, b"\n" + _seal([kind, name, data]), sync)

    def keep(self, names: Mapping[str, Collection[str]]) -> None:
        """Forget the entries whose names are not wanted, and those that later ones replaced."""
        self._known = None
        entries = self._entries()
        self._known = {n: entries[n] for n in entries if n[1] in names.get(n[0], ())}
        self._compact()
        self._known = None

    def _compact(self) -> None:
        # What another build appends at this very moment is lost: it runs that again.
        lines = [_seal([*name, data]) for name, data in self._entries().items()]
        write_atomic(self._path, b"".join(lines))
        self._replaced = 0

    def _entries(self) -> dict[tuple[str, str], Any]:
        if self._known is None:
            self._known, self._replaced = {}, 0
            for line in (_read(self._path) or b"").split(b"\n"):
                if (entry := _unseal(line)) is not None:
                    self._add(*entry)
        return self._known

    def _add(self, kind: str, name: str, data: Any) -> None:
        known = self._entries()
        self._replaced += known.pop((kind, name), None) is not None
        known[kind, name] = data


def _seal(data: Any) -> bytes:
    """Return a line of JSON that carries its own digest."""
    body = json.dumps(data, separators=(",", ":"))
    return f"{digest(FORMAT + body)} {body}\n".encode("ascii")


def _unseal(line: bytes | None) -> Any:
    """Return what was sealed, or None if this is not exactly it."""
    known, _, body = (line or b"").removesuffix(b"\n").partition(b" ")
    if digest(FORMAT.encode() + body).encode() != known:
        return None
    return json.loads(body)


def _decoded(kind: type[codec.T], data: Any) -> codec.T | None:
    try:
        return None if data is None else codec.decode(kind, data)
    except codec.Malformed:
        return None  # Written by another version of the model.


def _read(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except OSError:
        return None


def _append(path: Path, line: bytes, sync: bool) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    # Unbuffered: what is appended must be one write.
    with open(path, "ab", buffering=0) as file:
        if file.write(line) != len(line):
            raise OSError("the disk is full")
        if sync:
            os.fsync(file.fileno())


@contextmanager
def _our_error(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        hint = "everything in build/ is safe to delete: the next build makes it again"
        message = f"cannot write {path.name}: {error.strerror or error}"
        raise StoreError(message, hint) from error


def _digests(pictures: Iterable[Picture]) -> Iterator[str]:
    for picture in pictures:
        yield picture.data
        if picture.still is not None:
            yield picture.still


def _remove_abandoned(path: Path) -> int:
    """Remove a file that nothing names, unless a running build may be about to name it."""
    if path.name in ("index.log", "report.json"):
        return 0
    with suppress(OSError):
        status = path.stat()
        if time.time() - status.st_mtime > ABANDONED_SECONDS:
            path.unlink()
            return status.st_size
    return 0
