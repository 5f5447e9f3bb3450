"""Reading files below one root: the interface, and the real disk."""

from __future__ import annotations

import hashlib
import os
import re
import stat
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Protocol

from deckwright.files.borders import lies_within, real_folders
from deckwright.files.digests import ABSENT, DIGITS, digest, syntax_digest
from deckwright.files.variables import variable_digest
from deckwright.model import KIND_MARK, VARIABLE_MARK, Stamp

_PRIVATE = (".", "__pycache__")
"""Prefixes of the names of files that are no sources."""
_LEFT_BEHIND = re.compile(
    r"\.(#.*|_.*|deckwright-.*|~lock\..*|nfs.*|.*\.sw[a-z]|DS_Store|directory|git|idea|vscode|ipynb_checkpoints|\w+_cache)"
    r"|__pycache__"
)
"""Names of what editors, file managers and tools leave in a folder (`.#a.md` is Emacs's lock)."""


class Files(Protocol):
    """Reading below one root; paths are POSIX and relative to it (or absolute)."""

    def exists(self, path: str) -> bool: ...

    def is_inside(self, path: str) -> bool:
        """Whether what is at a path really lies where slides may show it; also if nothing is there."""

    def read(self, path: str) -> bytes: ...

    def find(self, folder: str, suffix: str) -> Sequence[str]:
        """Return the files with a suffix below a folder, sorted, and links that lead nowhere.

        Raises OSError for a folder that cannot be read; folders in it that cannot be are left out.
        """

    def stamp(self, path: str) -> Stamp | None:
        """Return the stamp of a file, of a folder (`PATH/`), or of the kind of a path (`PATH/.`).

        None if it is absent.
        """

    def digest(self, path: str) -> str:
        """Return the digest of a file, of the names in a folder (`PATH/`), or of a variable (`$NAME`).

        Of `PATH/.`, that of what is there: a file, a folder, or a link and where it leads.
        `ABSENT` if nothing is there.
        """


def syntax_of(files: Files, path: str) -> str:
    """Return the digest of a module's code; `ABSENT` if it is absent."""
    try:
        return syntax_digest(files.read(path))
    except OSError:
        return ABSENT


class Disk:
    """`Files` on the real disk."""

    def __init__(self, root: Path, allowed: Sequence[str] = ()) -> None:
        """`allowed` are folders besides the root in which files may lie that slides show."""
        self._root = root
        self._folders = real_folders(root, allowed)

    def exists(self, path: str) -> bool:
        return self.stamp(path) is not None

    def is_inside(self, path: str) -> bool:
        return lies_within(os.path.join(self._root, path), self._folders)

    def read(self, path: str) -> bytes:
        return (self._root / path).read_bytes()

    def find(self, folder: str, suffix: str) -> Sequence[str]:
        return sorted(self._below(folder, suffix))

    def stamp(self, path: str) -> Stamp | None:
        if path.endswith(KIND_MARK):
            return self._kind_stamp(path)
        try:
            status = os.stat(os.path.join(self._root, path))
        except (OSError, ValueError):  # no file can have this name: it may be too long
            return None
        fits = stat.S_ISDIR if path.endswith("/") else stat.S_ISREG
        return stamp_of(status) if fits(status.st_mode) else None

    def digest(self, path: str) -> str:
        if path.startswith(VARIABLE_MARK):
            return variable_digest(path, os.environ)
        if path.endswith(KIND_MARK):
            return self._kind_digest(path)
        if self.stamp(path) is None:  # also for a pipe, from which reading would never end
            return ABSENT
        try:
            file = self._root / path
            return digest_names(os.listdir(file)) if path.endswith("/") else digest_file(file)
        except OSError:
            return ABSENT

    def _kind_stamp(self, path: str) -> Stamp | None:
        """Return a stamp that a change in a folder or a file does not change, only one of a link."""
        try:
            status = os.lstat(os.path.join(self._root, path.removesuffix(KIND_MARK)))
        except (OSError, ValueError):
            return None
        is_link = stat.S_ISLNK(status.st_mode)
        return stamp_of(status) if is_link else Stamp(stat.S_IFMT(status.st_mode), 0, 0, 0)

    def _kind_digest(self, path: str) -> str:
        stamp = self._kind_stamp(path)
        if stamp is None:
            return ABSENT
        try:
            return digest("link " + os.readlink(os.path.join(self._root, path.removesuffix(KIND_MARK))))
        except OSError:
            return digest(str(stamp.size_bytes))

    def _below(self, folder: str, suffix: str) -> Iterator[str]:
        try:
            entries = list(os.scandir(os.path.join(self._root, folder)))
        except (FileNotFoundError, NotADirectoryError):
            return
        for entry in entries:
            path = f"{folder}/{entry.name}"
            if entry.name.startswith(_PRIVATE):
                continue
            if entry.is_dir(follow_symlinks=False):
                with suppress(PermissionError):
                    yield from self._below(path, suffix)
            elif path.endswith(suffix) and (os.path.isfile(entry) or _leads_nowhere(entry)):
                yield path


def _leads_nowhere(entry: os.DirEntry[str]) -> bool:
    return entry.is_symlink() and not os.path.exists(entry)


def digest_file(path: Path) -> str:
    """Return the digest of a file, which may be larger than the memory; raises OSError."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()[:DIGITS]


def digest_names(names: Iterable[str]) -> str:
    """Return the digest of the names in a folder, without those that come and go with the author's tools."""
    return digest("\n".join(sorted(name for name in names if not _LEFT_BEHIND.fullmatch(name))))


def stamp_of(status: os.stat_result) -> Stamp:
    return Stamp(status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino)
