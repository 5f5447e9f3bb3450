"""Reading files: from the disk, and through a witness that remembers what it was asked and told."""

from __future__ import annotations

import hashlib
import os
import stat
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from deckwright.files.digests import ABSENT, DIGITS, digest, syntax_digest
from deckwright.model import VARIABLE_MARK, Stamp

STABLE_NS = 2_000_000_000
"""A file changed more recently than this may change again without a new stamp: some file systems
count in seconds."""


_PRIVATE = (".", "__pycache__")
"""How names begin that editors, file managers (`.#a.md` is Emacs's lock, a dead link) and Python leave."""


class Files(Protocol):
    """Reading below one root; paths are POSIX and relative to it (or absolute)."""

    def exists(self, path: str) -> bool: ...

    def read(self, path: str) -> bytes: ...

    def find(self, folder: str, suffix: str) -> Sequence[str]:
        """Return the files with a suffix below a folder, sorted."""

    def stamp(self, path: str) -> Stamp | None:
        """Return what the file system says of a file, or (with a slash) a folder; None if it is not there."""

    def digest(self, path: str) -> str:
        """Return the digest of a file as it is now, or (with a slash) of the names in a folder.

        Or of an environment variable (`$NAME`). `ABSENT` if it is not there.
        """


def syntax_of(files: Files, path: str) -> str:
    """Return the digest of a module's code as it is now; `ABSENT` if it is not there."""
    try:
        return syntax_digest(files.read(path))
    except OSError:
        return ABSENT


class Disk:
    """`Files` on the real disk."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def exists(self, path: str) -> bool:
        return self.stamp(path) is not None

    def read(self, path: str) -> bytes:
        return (self._root / path).read_bytes()

    def find(self, folder: str, suffix: str) -> Sequence[str]:
        found: list[str] = []
        self._find(folder, suffix, found)
        return sorted(found)

    def stamp(self, path: str) -> Stamp | None:
        try:
            status = os.stat(os.path.join(self._root, path))
        except (OSError, ValueError):  # no file can have such a name: it is too long, say
            return None
        fits = stat.S_ISDIR if path.endswith("/") else stat.S_ISREG
        return stamp_of(status) if fits(status.st_mode) else None

    def digest(self, path: str) -> str:
        if path.startswith(VARIABLE_MARK):
            value = os.environ.get(path.removeprefix(VARIABLE_MARK))
            return ABSENT if value is None else digest(value)
        if self.stamp(path) is None:  # also what is no file, such as a pipe, from which reading never ends
            return ABSENT
        try:
            return digest_names(self._names(path)) if path.endswith("/") else self._digest_file(path)
        except OSError:
            return ABSENT

    def _digest_file(self, path: str) -> str:
        with (self._root / path).open("rb") as file:  # piece by piece: a checkpoint may be large
            return hashlib.file_digest(file, "sha256").hexdigest()[:DIGITS]

    def _names(self, folder: str) -> list[str]:
        return os.listdir(os.path.join(self._root, folder))

    def _find(self, folder: str, suffix: str, found: list[str]) -> None:
        try:
            entries = list(os.scandir(os.path.join(self._root, folder)))
        except OSError:
            return
        for entry in entries:
            if entry.name.startswith(_PRIVATE):
                continue
            path = f"{folder}/{entry.name}"
            if entry.is_dir(follow_symlinks=False):
                self._find(path, suffix, found)
            elif path.endswith(suffix) and entry.is_file():
                found.append(path)


def digest_names(names: Iterable[str]) -> str:
    """Return the digest of the names in a folder."""
    return digest("\n".join(sorted(name for name in names if not name.startswith(_PRIVATE))))


def stamp_of(status: os.stat_result) -> Stamp:
    return Stamp(status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino)


@dataclass(frozen=True, slots=True)
class FileState:
    """A file's digest, and its stamp at that time (None: it may have changed since without a new one)."""

    digest: str
    stamp: Stamp | None = None


@dataclass(frozen=True, slots=True)
class FileLog:
    """All that somebody asked of a `Files`, and what it was told."""

    files: Mapping[str, FileState] = field(default_factory=dict)
    present: Mapping[str, bool] = field(default_factory=dict)
    found: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Answers of `find`, by suffix and folder, such as `.py snippets`."""


class TrackedFiles:
    """`Files` that gives one answer to one question for as long as it lives, and remembers it.

    What an earlier testimony knows is not read again if the file's stamp is the same.
    """

    def __init__(self, files: Files, known: FileLog | None = None) -> None:
        self.files = files
        self._known = known or FileLog()
        self._contents: dict[str, bytes] = {}
        self._seen: dict[str, FileState] = {}
        self._present: dict[str, bool] = {}
        self._found: dict[str, tuple[str, ...]] = {}

    def exists(self, path: str) -> bool:
        if path not in self._present:
            self._present[path] = self.files.exists(path)
        return self._present[path]

    def read(self, path: str) -> bytes:
        if path not in self._contents:
            # The stamp first: if the file changes while it is read, its stamp no longer fits.
            stamp = self.stamp(path)
            try:
                self._contents[path] = self.files.read(path)
            except OSError:
                self._seen[path] = FileState(ABSENT)
                raise
            self._seen[path] = FileState(digest(self._contents[path]), _if_stable(stamp))
        return self._contents[path]

    def find(self, folder: str, suffix: str) -> tuple[str, ...]:
        question = f"{suffix} {folder}"
        if question not in self._found:
            self._found[question] = tuple(self.files.find(folder, suffix))
        return self._found[question]

    def stamp(self, path: str) -> Stamp | None:
        return self.files.stamp(path)

    def digest(self, path: str) -> str:
        if path not in self._seen:
            stamp, known = self.stamp(path), self._known.files.get(path)
            if stamp and known and known.stamp == stamp:
                self._seen[path] = known
            else:
                self._seen[path] = FileState(self.files.digest(path), _if_stable(stamp))
        return self._seen[path].digest

    def file_log(self) -> FileLog:
        """Return what was asked and told so far."""
        return FileLog(dict(self._seen), dict(self._present), dict(self._found))

    def agrees(self, before: FileLog) -> bool:
        """Whether the same questions get the same answers today."""
        return (
            all(self.exists(path) is was for path, was in before.present.items())
            and all(self.find(*_asked(q)) == was for q, was in before.found.items())
            and all(self.digest(path) == seen.digest for path, seen in before.files.items())
        )


def _asked(question: str) -> tuple[str, str]:
    suffix, _, folder = question.partition(" ")
    return folder, suffix


def _if_stable(stamp: Stamp | None) -> Stamp | None:
    """Return the stamp if another change would show in it."""
    newest_ns = max(stamp.modified_ns, stamp.changed_ns) if stamp else 0
    return stamp if stamp and time.time_ns() - newest_ns > STABLE_NS else None
