"""Where the files of a shared store lie: in a folder, or at an address that fsspec knows.

What others wrote there may be anything: a link to `/dev/zero`, a pipe, a folder, a sparse file of 50 GB. So
each read has a limit of bytes, and never waits.
"""

from __future__ import annotations

import os
import posixpath
import re
import stat
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import Any, Protocol

from deckwright.files.atomic import write_atomic
from deckwright.files.bounded import read_bounded_if_there

MOST_NAMES = 1000
"""How many files of a folder are looked at: one per set of files that a script of one key has read."""

_FOLDER = re.compile(r"[0-9a-z]+")
_NAME = re.compile(r"[0-9a-f]+\.json")
_RECORD = re.compile(r"records/([0-9a-z]+)/([0-9a-f]+\.json)$")


class Place(Protocol):
    """Files below one root. All raise OSError, or what a library raises, if the place cannot be used."""

    def names(self, keys: Collection[str]) -> Mapping[str, Sequence[str]]:
        """Return the names of the files in the folder of each key, below `records`."""

    def read(self, paths: Sequence[str], most_bytes: int) -> Mapping[str, bytes]:
        """Return the content of the files that can be read and have no more than so many bytes."""

    def write(self, path: str, data: bytes) -> None:
        """Write a whole file, or none."""


class FolderPlace:
    """A folder that several machines, and perhaps several users, can reach."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def names(self, keys: Collection[str]) -> Mapping[str, Sequence[str]]:
        _ = self._mode  # raises OSError
        return {key: list(self._names(key)) for key in keys if _FOLDER.fullmatch(key)}

    def _names(self, key: str) -> Iterator[str]:
        with suppress(OSError), os.scandir(self._root / "records" / key) as entries:
            names = (entry.name for entry in entries)
            yield from islice(filter(_NAME.fullmatch, names), MOST_NAMES)

    def read(self, paths: Sequence[str], most_bytes: int) -> Mapping[str, bytes]:
        contents = {path: read_bounded_if_there(self._root / path, most_bytes) for path in paths}
        return {path: data for path, data in contents.items() if data is not None}

    def write(self, path: str, data: bytes) -> None:
        self._make_folder((self._root / path).parent)
        write_atomic(self._root / path, data, mode=self._mode & 0o666)

    def _make_folder(self, folder: Path) -> None:
        """Make a folder with the permissions of the root, whatever our umask: others write there, too."""
        if folder == self._root or folder.is_dir():
            return
        self._make_folder(folder.parent)
        folder.mkdir(exist_ok=True)
        with suppress(PermissionError):  # another user has just made it
            folder.chmod(self._mode)

    @cached_property
    def _mode(self) -> int:
        """The permissions of the root. It is never made: a disk may not be mounted."""
        try:
            status = os.stat(self._root)
        except FileNotFoundError:
            raise FileNotFoundError("there is no such folder") from None
        if not stat.S_ISDIR(status.st_mode):
            raise NotADirectoryError("it is not a folder")
        return status.st_mode & 0o2777


class RemotePlace:
    """A file system of fsspec's."""

    def __init__(self, files: Any, root: str) -> None:
        self._files = files
        self._root = root

    def names(self, keys: Collection[str]) -> Mapping[str, Sequence[str]]:
        return {key: self._listing.get(key, ())[:MOST_NAMES] for key in keys}

    @cached_property
    def _listing(self) -> Mapping[str, Sequence[str]]:
        # All at once: a question takes as long as its answer is far away.
        listing: dict[str, list[str]] = {}
        for path in self._files.find(posixpath.join(self._root, "records")):
            if match := _RECORD.search(path):
                listing.setdefault(match[1], []).append(match[2])
        return listing

    def read(self, paths: Sequence[str], most_bytes: int) -> Mapping[str, bytes]:
        whole = [posixpath.join(self._root, path) for path in paths]
        zeros, ends = [0] * len(paths), [most_bytes + 1] * len(paths)
        contents = self._files.cat_ranges(whole, zeros, ends, on_error="return")
        pairs = zip(paths, contents, strict=True)
        return {path: data for path, data in pairs if isinstance(data, bytes) and len(data) <= most_bytes}

    def write(self, path: str, data: bytes) -> None:
        whole = posixpath.join(self._root, path)
        try:
            self._files.pipe_file(whole, data)
        except FileNotFoundError:  # not an object store, so that it needs the folder
            self._files.makedirs(posixpath.dirname(whole), exist_ok=True)
            self._files.pipe_file(whole, data)


def place_at(files: Any, root: str) -> Place:
    """Return the place of a path in one of fsspec's file systems."""
    protocol = files.protocol
    is_local = "file" in ((protocol,) if isinstance(protocol, str) else protocol)
    return FolderPlace(Path(root)) if is_local else RemotePlace(files, root)
