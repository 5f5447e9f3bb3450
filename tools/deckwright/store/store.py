"""The store: get, put and remove results and what else is remembered between builds.

The folder holds `index.log` (see `index`), `results/` (one file per run), `artifacts/` (pictures, named
by their digest) and `builds/` (one file per whole build). Every line and file carries a digest of itself
and of the format's version, so that what is damaged, cut short or of another version reads as absent.
Two builds may share a folder: a writer holds its lock, and what one build loses to the other is run again.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from deckwright.errors import StoreBusy
from deckwright.files import codec
from deckwright.files.atomic import is_temporary
from deckwright.files.bounded import file_bytes, read_bounded_if_there
from deckwright.files.build_files import remove, write_file, writer_lock
from deckwright.files.digests import CHANGED_MEANWHILE, DIGITS, digest
from deckwright.files.system_errors import errors_about
from deckwright.model import Artifact, Record, Report, Result
from deckwright.store.index import MOST_REPLACED, Index, Name
from deckwright.store.prune import Files, size_bytes, surplus
from deckwright.store.stored import (
    BuildRecord,
    RenderRecord,
    StoredArtifact,
    StoredResult,
    StoredRun,
    decoded,
    name_of,
    seal,
    unseal,
)

if TYPE_CHECKING:
    from deckwright.store.shared import Shared

SYNCED_SECONDS = 1.0
"""The result of a run of this length is safe from a power cut; shorter runs are soon repeated."""

SWEPT_SECONDS = 24 * 3600.0
"""How often a build looks for files that no run names: killed builds leave some."""

LOCK_SECONDS = 10.0
"""How long a writer waits for another one, which takes milliseconds unless it was stopped."""

_REPORT_BYTES = 2**28
"""How large a report may be."""

_SWEPT = "swept"
_FIXED = {"index.log", "parsed.log", "lock", "report.json", _SWEPT}
"""Files right in the folder that no run names."""
_FOLDERS = ("results", "artifacts", "builds", "")
_WRITTEN = re.compile(rf"(?:(?:results|builds)/[0-9a-f]{{{DIGITS}}}\.json|artifacts/[0-9a-f]{{{DIGITS}}})")
"""Files that are named by their digests."""

_MOST_REPLACED_SOURCES = 50
"""How many earlier versions of sources stay in their log: a long deck takes some hundred kilobytes."""

_ROOM = 0.9
"""How much of the limit stays in use once it was exceeded, so that the next build does not exceed it."""


class Store:
    """Results, renderings, builds and evidence in one folder. Only writing raises errors."""

    def __init__(
        self,
        folder: Path,
        shared: Shared | None = None,
        lock_seconds: float = LOCK_SECONDS,
        most_replaced: int = MOST_REPLACED,
    ) -> None:
        self._folder = folder
        self._lock_seconds = lock_seconds
        self._index = Index(folder / "index.log", most_replaced)
        self._parsed = Index(folder / "parsed.log", _MOST_REPLACED_SOURCES)
        self._shared = shared
        self._last_build: tuple[bytes | None, BuildRecord | None] = None, None
        """The record of a build that was read last, and from what."""
        self._new: set[Name] = set()
        """The renderings and the evidence that were put since it was opened."""

    # --- runs ---------------------------------------------------------------------------------

    def records(self, job: str) -> Iterator[Record]:
        """Yield the records of a job's runs whose results are there, the last one first."""
        for name in self._index.group("run", job):
            run = decoded(StoredRun, self._index.get(name))
            if run and (self._folder / _result_file(name)).is_file():
                yield run.record

    def get(self, record: Record) -> Result | None:
        """Return the result of a run, from here or from the shared store.

        None if it is absent or damaged: the caller runs the job again.
        """
        name = _run_name(record)
        local = self._local(name)
        result = local or (self._shared.get(record) if self._shared else None)
        if result and not (local and self._index.group("run", record.job)[:1] == [name]):
            self.put(record, result)  # another machine's, or an older one that is true again
        return result

    def put(self, record: Record, result: Result) -> None:
        """Store a result and then the record of its run, which is never without a result."""
        sync = result.seconds >= SYNCED_SECONDS
        name, artifacts = _run_name(record), tuple(map(_stored, result.artifacts))
        stored = StoredResult(name[2], replace(_bare(result), artifacts=()), artifacts)
        files = {**_artifact_files(result), _result_file(name): seal(codec.encode(stored))}
        with self._lock():
            for path, data in files.items():
                write_file(self._folder / path, data, sync)
            run = StoredRun(record, {path: len(data) for path, data in files.items()})
            self._index.put(name, codec.encode(run), sync)

    # --- the shared store ---------------------------------------------------------------------

    def shared_records(self, keys: Sequence[str]) -> Mapping[str, Sequence[Record]]:
        """Return the records of runs with these keys on other machines, by key."""
        return self._shared.records(keys) if self._shared else {}

    def share(self, record: Record, result: Result) -> None:
        """Put a result into the shared store, if there is one and other machines can use the result."""
        if self._shared and not record.failed and CHANGED_MEANWHILE not in record.reads.values():
            self._shared.put(record, _bare(result))

    @property
    def trouble(self) -> str:
        """Why the shared store cannot be used, in words; empty if it can, or if there is none."""
        return self._shared.trouble if self._shared else ""

    # --- renderings and builds ----------------------------------------------------------------

    def rendering(self, deck: str) -> RenderRecord | None:
        """Return the record of a deck's last rendering."""
        return decoded(RenderRecord, self._index.get(("deck", deck, "")))

    def decks(self) -> frozenset[str]:
        """Return the paths of all decks that have a record of a rendering."""
        return frozenset(deck for _, deck, _ in self._index.names("deck"))

    def put_rendering(self, rendering: RenderRecord) -> None:
        """Store the record of a rendering whose files are all written."""
        self._put(("deck", rendering.deck.path, ""), codec.encode(rendering))

    def builds(self) -> frozenset[str]:
        """Return the names of all builds that have a record."""
        return frozenset(path.stem for path in (self._folder / "builds").glob("*.json"))

    def build(self, name: str) -> BuildRecord | None:
        """Return the record of the last build of this name."""
        line = read_bounded_if_there(self._build_path(name), _REPORT_BYTES)
        if line != self._last_build[0]:  # one command asks several times
            self._last_build = line, decoded(BuildRecord, unseal(line))
        return self._last_build[1]

    def put_build(self, name: str, record: BuildRecord) -> None:
        """Store the record of a build that has ended."""
        with self._lock():
            write_file(self._build_path(name), seal(codec.encode(record)))

    def forget_builds(self) -> None:
        """Remove the records of all builds: the files in build/ are about to change."""
        for path in (self._folder / "builds").glob("*.json"):
            remove(path)

    def report(self) -> Report | None:
        """Return the report of the last build, which includes decks that earlier builds made."""
        return decoded(Report, unseal(read_bounded_if_there(self._folder / "report.json", _REPORT_BYTES)))

    def put_report(self, report: Report) -> None:
        with self._lock():
            write_file(self._folder / "report.json", seal(codec.encode(report)))

    # --- evidence for checks ------------------------------------------------------------------

    def evidence(self, kind: type[codec.T], subject: str, key: str, part: str = "") -> codec.T | None:
        """Return the evidence of a kind about a deck or job, or about a part of it, if it has this key."""
        data = self._index.get((kind.__name__, subject, part))
        return decoded(kind, data["evidence"]) if data and data["key"] == key else None

    def put_evidence(self, subject: str, key: str, evidence: object, part: str = "") -> None:
        """Store evidence about a deck or job in place of earlier evidence of the kind."""
        data = {"key": key, "evidence": codec.encode(evidence)}
        self._put((type(evidence).__name__, subject, part), data)

    def has_put(self, kind: str, subject: str, part: str = "") -> bool:
        """Whether this store, since it was opened, has put a rendering (a "deck") or evidence so named."""
        return (kind, subject, part) in self._new

    # --- parsed sources -----------------------------------------------------------------------

    def parsed(self, kind: type[codec.T], path: str, key: str) -> codec.T | None:
        """Return what a source was parsed to, if it was under this key."""
        data = self._parsed.get((kind.__name__, path, ""))
        return decoded(kind, data["value"]) if data and data["key"] == key else None

    def put_parsed(self, sources: Mapping[str, tuple[str, object]], is_kept: Callable[[str], bool]) -> None:
        """Store what sources were parsed to, by path, each under a key.

        Where room is made, only paths stay that are to be kept.
        """
        data = {
            (type(value).__name__, path, ""): {"key": key, "value": codec.encode(value)}
            for path, (key, value) in sources.items()
        }
        with self._lock():
            self._parsed.put_all(data, lambda name: is_kept(name[1]))

    def _put(self, name: Name, data: Any) -> None:
        with self._lock():
            self._index.put(name, data)
        self._new.add(name)

    # --- removing -----------------------------------------------------------------------------

    def prune(self, needed: Collection[Record], decks: Collection[str], limit_bytes: int) -> int:
        """Remove the least recently used runs above the limit, and other decks; return the bytes freed.

        The runs of `needed` records stay. Lists no folder unless there is something to remove.
        """
        is_full = size_bytes(self._runs()) > limit_bytes
        if not is_full and self.decks() <= set(decks) and not self._sweep_is_due():
            return 0
        with self._lock() as is_held:
            limit_bytes = int(limit_bytes * _ROOM) if is_full else limit_bytes
            return self._remove(needed, decks, limit_bytes) if is_held else 0

    def prune_all(self, needed: Collection[Record], decks: Collection[str], builds: Collection[str]) -> int:
        """Remove all but these; return the bytes freed. Raises StoreBusy while another build writes."""
        with self._lock_alone():
            stale = map(self._build_path, self.builds() - set(builds))
            return sum(map(remove, stale)) + self._remove(needed, decks, 0)

    def is_used(self) -> bool:
        """Whether a build has written to the folder, and it is no link to another store."""
        return not self._folder.is_symlink() and (self._folder / "lock").is_file()

    def clear(self) -> None:
        """Remove all that this store has written. Raises StoreBusy while another build writes."""
        if not self.is_used():
            return
        with self._lock_alone():
            for path in self._files():
                remove(self._folder / path)
            for folder in (self._folder / name for name in _FOLDERS):
                with suppress(OSError):  # it is a link, or there is something else in it
                    folder.rmdir()
            self._index.reload()

    def _remove(self, needed: Collection[Record], decks: Collection[str], limit_bytes: int) -> int:
        log = self._folder / "index.log"
        before = file_bytes(log)
        names = set(self._index.reload())
        runs = self._runs()
        remaining = runs.keys() - surplus(runs, {_run_name(record) for record in needed}, limit_bytes)
        subjects = {*decks, *(job for _, job, _ in remaining)}
        others = {name for name in names if name[0] != "run" and name[1] in subjects}
        self._index.keep(remaining | others)
        used = {path for name in remaining for path in runs[name]}
        freed = sum(remove(self._folder / path) for path in self._result_files() - used)
        with errors_about(self._folder / _SWEPT):
            (self._folder / _SWEPT).touch()
        return freed + before - file_bytes(log)

    def _runs(self) -> Mapping[Name, Files]:
        # Not decoded: every build reads all of them, and there may be thousands.
        entries = ((name, self._index.get(name)) for name in self._index.names("run"))
        return {name: entry["files"] for name, entry in entries if entry}

    def _sweep_is_due(self) -> bool:
        try:
            return time.time() - (self._folder / _SWEPT).stat().st_mtime > SWEPT_SECONDS
        except OSError:
            return True

    def _result_files(self) -> set[str]:
        """Return the paths of all files that stay only as long as a run names them."""
        return self._files() - _FIXED - {f"builds/{name}.json" for name in self.builds()}

    def _files(self) -> set[str]:
        """Return the paths of the files that the store has written; what is behind a link is not its own."""
        folders = (self._folder / name for name in _FOLDERS)
        paths = (path for folder in folders if not folder.is_symlink() for path in folder.glob("*"))
        files = {path.relative_to(self._folder).as_posix() for path in paths if not path.is_dir()}
        return {path for path in files if path in _FIXED or _is_written(path)}

    # --- files --------------------------------------------------------------------------------

    def _lock(self) -> AbstractContextManager[bool]:
        return writer_lock(self._folder / "lock", self._lock_seconds)

    @contextmanager
    def _lock_alone(self) -> Iterator[None]:
        with self._lock() as is_held:
            if not is_held:
                raise StoreBusy("another build is writing to build/", "try again when it has ended")
            yield

    def _local(self, name: Name) -> Result | None:
        entry = self._index.get(name)
        sizes: Files = entry["files"] if entry else {}
        stored = decoded(StoredResult, unseal(self._read(_result_file(name), sizes)))
        if stored is None or stored.name != name[2]:
            return None
        artifacts = tuple(filter(None, (self._artifact(each, sizes) for each in stored.artifacts)))
        if len(artifacts) < len(stored.artifacts):
            return None
        return replace(stored.result, artifacts=artifacts)

    def _build_path(self, name: str) -> Path:
        return self._folder / "builds" / f"{name}.json"

    def _artifact(self, stored: StoredArtifact, sizes: Files) -> Artifact | None:
        data = self._bytes(stored.data, sizes)
        still = None if stored.still is None else self._bytes(stored.still, sizes)
        if data is None or (still is None) != (stored.still is None):
            return None
        return Artifact(stored.name, data, stored.cell, still, stored.after)

    def _bytes(self, name: str, sizes: Files) -> bytes | None:
        data = self._read(f"artifacts/{name}", sizes)
        return data if data is not None and digest(data) == name else None

    def _read(self, path: str, sizes: Files) -> bytes | None:
        """Return the content of a file; None if it is absent or larger than it was when it was written."""
        return read_bounded_if_there(self._folder / path, sizes.get(path, 0))


def _is_written(path: str) -> bool:
    """Whether a file has the name of a result, a picture or a build, or of one that was being written."""
    return _WRITTEN.fullmatch(path) is not None or is_temporary(path.rpartition("/")[2])


def _bare(result: Result) -> Result:
    """Return a result without what is in its record: what the run read, imported and wrote.

    Messages of errors go, too: what libraries say may be a secret.
    """
    failure = result.failure
    if failure:
        silent = tuple(replace(each, message="") for each in failure.errors)
        result = replace(result, failure=replace(failure, errors=silent))
    return replace(result, reads={}, modules=frozenset(), imports=(), writes=frozenset(), by_kernel=False)


def _run_name(record: Record) -> Name:
    return ("run", record.job, name_of(record))


def _result_file(run: Name) -> str:
    return f"results/{run[2]}.json"


def _stored(artifact: Artifact) -> StoredArtifact:
    still = None if artifact.still is None else digest(artifact.still)
    return StoredArtifact(artifact.name, digest(artifact.data), artifact.cell, still, artifact.after)


def _artifact_files(result: Result) -> dict[str, bytes]:
    pieces = (piece for each in result.artifacts for piece in (each.data, each.still) if piece is not None)
    return {f"artifacts/{digest(piece)}": piece for piece in pieces}
