"""The door to results: get, put, forget.

The folder holds `index.log` (see `index`), `results/` (one file a run), `artifacts/` (pictures, named
by their digest) and `builds/` (what whole builds told). Every line and file carries a digest of itself
and of the format's version, so that what is damaged, cut short or of another version reads as absent.
Two builds may share a folder: whoever writes holds its lock, and whatever one of them loses to the
other is run again, never mixed up.
"""

from __future__ import annotations

import time
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from deckwright.errors import StoreError
from deckwright.files import codec
from deckwright.files.atomic import read_if_there
from deckwright.files.build_files import remove, store_errors, write_file, writer_lock
from deckwright.files.digests import CHANGED_MEANWHILE, digest
from deckwright.files.tracked import FileLog
from deckwright.model import Artifact, Record, RenderedDeck, Report, Result
from deckwright.store.index import Index, Name
from deckwright.store.prune import Files, size_bytes, surplus
from deckwright.store.seal import decoded, seal, unseal
from deckwright.store.stored_run import StoredRun, name_of

if TYPE_CHECKING:
    from deckwright.store.shared import Shared

SYNCED_SECONDS = 1.0
"""A run of this length is forced to the disk: after a power cut, shorter ones are soon repeated."""

SWEPT_SECONDS = 24 * 3600.0
"""How often a build looks for files that nothing names: killed builds leave some."""

LOCK_SECONDS = 10.0
"""How long a writer waits for another one, which takes milliseconds unless it was stopped."""

_ROOM = 0.9
"""How much of the limit is left filled when it was passed: the next build shall not pass it at once."""


@dataclass(frozen=True, slots=True)
class RenderRecord:
    """What is remembered of a deck's last rendering."""

    key: str
    deck: RenderedDeck
    files: Mapping[str, str]
    """Digest of each file that it wrote, by path below build/."""


@dataclass(frozen=True, slots=True)
class BuildRecord:
    """What a build depended on, left behind and told: all that it takes to tell it again."""

    conditions: str
    """Digest of everything outside of the sources that a build depends on."""
    sources: FileLog
    made: FileLog
    """Of the files below build/."""
    report: Report


@dataclass(frozen=True, slots=True)
class StoredArtifact:
    """An `Artifact` whose bytes lie in files named by their digests."""

    name: str
    data: str
    cell: int | None = None
    still: str | None = None


@dataclass(frozen=True, slots=True)
class StoredResult:
    """What a result's file holds: the result without its artifacts, and these as pictures."""

    name: str
    """Of the run: a file that was moved to another one's place is no result of that."""
    result: Result
    pictures: tuple[StoredArtifact, ...]


class Store:
    """Results, records and renderings in one folder. Errors: `StoreError`, only when writing."""

    def __init__(
        self, folder: Path, shared: Shared | None = None, lock_seconds: float = LOCK_SECONDS
    ) -> None:
        self._folder = folder
        self._lock_seconds = lock_seconds
        self._index = Index(folder / "index.log")
        self._shared = shared

    # --- runs ---------------------------------------------------------------------------------

    def records(self, job: str) -> Iterator[Record]:
        """Yield the records of this job's runs whose results are there, the last one first."""
        for data in self._index.group("run", job):
            run = decoded(StoredRun, data)
            if run and self._result_path(run.record).is_file():
                yield run.record

    def get(self, record: Record) -> Result | None:
        """Return the result of a run, from here or from where machines share results.

        None when it is absent or damaged: the caller runs the job again.
        """
        kept = self._local(record)
        result = kept or (self._shared.get(record) if self._shared else None)
        if result and not (kept and self._index.last("run", record.job) == _run_name(record)):
            self.put(record, result)  # another machine's, or an older one that is true again
        return result

    def put(self, record: Record, result: Result) -> None:
        """Keep a result and the record of its run; the record last, so that it never lies."""
        sync = result.seconds >= SYNCED_SECONDS
        with self._held():
            pictures = tuple(self._keep_artifact(artifact, sync) for artifact in result.artifacts)
            kept = StoredResult(name_of(record), replace(_bare(result), artifacts=()), pictures)
            content = seal(codec.encode(kept))
            write_file(self._result_path(record), content, sync)
            run = StoredRun(record, _files(record, content, result))
            self._index.put(_run_name(record), codec.encode(run), sync)

    # --- what machines share ------------------------------------------------------------------

    def shared_records(self, keys: Sequence[str]) -> Mapping[str, Sequence[Record]]:
        """Return the records of runs with these keys that other machines left, by key."""
        return self._shared.records(keys) if self._shared else {}

    def share(self, record: Record, result: Result) -> None:
        """Leave a result where other machines find it, if there is such a place and it is worth it."""
        if self._shared and not record.failed and CHANGED_MEANWHILE not in record.reads.values():
            self._shared.put(record, _bare(result))

    @property
    def trouble(self) -> str:
        """Why results cannot be shared, in words; empty if they can, or shall not."""
        return self._shared.trouble if self._shared else ""

    # --- renderings and builds ----------------------------------------------------------------

    def rendering(self, deck: str) -> RenderRecord | None:
        """Return what is remembered of a deck's last rendering."""
        return decoded(RenderRecord, self._index.get(("deck", deck, "")))

    def decks(self) -> frozenset[str]:
        """Return the paths of all decks whose rendering is remembered."""
        return frozenset(deck for _, deck, _ in self._index.names("deck"))

    def put_rendering(self, rendering: RenderRecord) -> None:
        """Remember a rendering whose files are all written."""
        with self._held():
            self._index.put(("deck", rendering.deck.path, ""), codec.encode(rendering))

    def builds(self) -> frozenset[str]:
        """Return the names of all builds that are remembered."""
        return frozenset(path.stem for path in (self._folder / "builds").glob("*.json"))

    def build(self, name: str) -> BuildRecord | None:
        """Return what is remembered of the last build of this name."""
        return decoded(BuildRecord, unseal(read_if_there(self._build_path(name))))

    def put_build(self, name: str, told: BuildRecord) -> None:
        """Remember a build that has come to its end."""
        with self._held():
            write_file(self._build_path(name), seal(codec.encode(told)))

    def forget_builds(self) -> None:
        """Forget all builds: what they left is about to change."""
        for path in (self._folder / "builds").glob("*.json"):
            remove(path)

    def report(self) -> Report | None:
        """Return what the last build told of all decks, those that earlier ones made included."""
        return decoded(Report, unseal(read_if_there(self._folder / "report.json")))

    def put_report(self, report: Report) -> None:
        with self._held():
            write_file(self._folder / "report.json", seal(codec.encode(report)))

    # --- requirements of a check ------------------------------------------------------------------

    def evidence(self, kind: type[codec.T], subject: str, key: str, part: str = "") -> codec.T | None:
        """Return what a check found of a deck or job, or of a part of it, if that was with this key."""
        data = self._index.get((kind.__name__, subject, part))
        return decoded(kind, data["found"]) if data and data["key"] == key else None

    def put_evidence(self, subject: str, key: str, found: object, part: str = "") -> None:
        """Remember what a check found; the next finding of the kind takes its place."""
        with self._held():
            data = {"key": key, "found": codec.encode(found)}
            self._index.put((type(found).__name__, subject, part), data)

    # --- forgetting ---------------------------------------------------------------------------

    def prune(self, needed: Collection[Record], decks: Collection[str], limit_bytes: int) -> int:
        """Forget the least recently useful runs above the limit, and lost decks; return bytes freed.

        What is `needed` stays. ReadLog no folder unless there is something to do.
        """
        full = size_bytes(self._runs()) > limit_bytes
        if not full and self.decks() <= set(decks) and not self._sweep_is_due():
            return 0
        with self._held() as alone:
            limit_bytes = int(limit_bytes * _ROOM) if full else limit_bytes
            return self._forget(needed, decks, limit_bytes) if alone else 0

    def prune_all(self, needed: Collection[Record], decks: Collection[str], builds: Collection[str]) -> int:
        """Forget all but what is named; return bytes freed. Raise StoreError while another build writes."""
        with self._held() as alone:
            if not alone:
                raise StoreError("another build is writing to build/", "try again when it has ended")
            stale = map(self._build_path, self.builds() - set(builds))
            return sum(map(remove, stale)) + self._forget(needed, decks, 0)

    def _forget(self, needed: Collection[Record], decks: Collection[str], limit_bytes: int) -> int:
        log = self._folder / "index.log"
        before = len(read_if_there(log) or b"")
        names = set(self._index.reload())
        runs = self._runs()
        kept = runs.keys() - surplus(runs, {_run_name(record) for record in needed}, limit_bytes)
        subjects = {*decks, *(job for _, job, _ in kept)}
        others = {name for name in names if name[0] != "run" and name[1] in subjects}
        self._index.keep(kept | others)
        used = {path for name in kept for path in runs[name]}
        freed = sum(remove(self._folder / path) for path in self._loose() - used)
        with store_errors(self._folder / _SWEPT):
            (self._folder / _SWEPT).touch()
        return freed + before - len(read_if_there(log) or b"")

    def _runs(self) -> Mapping[Name, Files]:
        # Undecoded: there may be thousands, and every build looks.
        return {name: self._index.get(name)["files"] for name in self._index.names("run")}

    def _sweep_is_due(self) -> bool:
        try:
            return time.time() - (self._folder / _SWEPT).stat().st_mtime > SWEPT_SECONDS
        except OSError:
            return True

    def _loose(self) -> set[str]:
        """Return the paths of all files that are there only as long as a run names them."""
        folders = {"": "", "results": "", "artifacts": "", "builds": ".json"}
        files = {
            path.relative_to(self._folder).as_posix()
            for name, fixed in folders.items()
            for path in (self._folder / name).glob("*")
            if path.is_file() and not (fixed and path.suffix == fixed)
        }
        return files - _FIXED

    # --- files --------------------------------------------------------------------------------

    def _held(self) -> AbstractContextManager[bool]:
        return writer_lock(self._folder / "lock", self._lock_seconds)

    def _local(self, record: Record) -> Result | None:
        kept = decoded(StoredResult, unseal(read_if_there(self._result_path(record))))
        if kept is None or kept.name != name_of(record):
            return None
        artifacts = tuple(a for a in map(self._artifact, kept.pictures) if a is not None)
        return replace(kept.result, artifacts=artifacts) if len(artifacts) == len(kept.pictures) else None

    def _result_path(self, record: Record) -> Path:
        return self._folder / _result_file(record)

    def _build_path(self, name: str) -> Path:
        return self._folder / "builds" / f"{name}.json"

    def _keep_artifact(self, artifact: Artifact, sync: bool) -> StoredArtifact:
        still = None if artifact.still is None else self._keep_bytes(artifact.still, sync)
        return StoredArtifact(artifact.name, self._keep_bytes(artifact.data, sync), artifact.cell, still)

    def _keep_bytes(self, data: bytes, sync: bool) -> str:
        write_file(self._folder / _data_file(data), data, sync)
        return digest(data)

    def _artifact(self, picture: StoredArtifact) -> Artifact | None:
        data = self._bytes(picture.data)
        still = None if picture.still is None else self._bytes(picture.still)
        if data is None or (still is None) != (picture.still is None):
            return None
        return Artifact(picture.name, data, picture.cell, still)

    def _bytes(self, name: str) -> bytes | None:
        data = read_if_there(self._folder / "artifacts" / name)
        return data if data is not None and digest(data) == name else None


_SWEPT = "swept"
_FIXED = {"index.log", "lock", "report.json", _SWEPT}


def _bare(result: Result) -> Result:
    """Return a result without what is in its record: what the run read, imported and wrote."""
    return replace(result, reads={}, modules=frozenset(), imports=(), writes=frozenset())


def _run_name(record: Record) -> Name:
    return ("run", record.job, name_of(record))


def _result_file(record: Record) -> str:
    return f"results/{name_of(record)}.json"


def _data_file(data: bytes) -> str:
    return f"artifacts/{digest(data)}"


def _files(record: Record, content: bytes, result: Result) -> dict[str, int]:
    """Return the size of each file that holds a result, by path."""
    pieces = [piece for each in result.artifacts for piece in (each.data, each.still) if piece is not None]
    return {_result_file(record): len(content), **{_data_file(piece): len(piece) for piece in pieces}}
