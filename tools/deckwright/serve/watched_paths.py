"""The sources that builds have read: the folders to watch, and which changes concern a build."""

from __future__ import annotations

import os
import posixpath
from collections.abc import Iterator, Sequence
from pathlib import Path

from deckwright.files.disk import Files
from deckwright.model import KIND_MARK, Stamp
from deckwright.project.project import BUILD

_UNWATCHED = ("node_modules", "__pycache__")


class WatchedPaths:
    """`Files` that remembers which paths were read. One thread reads, others call `concerns`."""

    def __init__(self, files: Files) -> None:
        self._files = files
        self._paths: set[str] = set()
        self._searches: set[tuple[str, str]] = set()

    def exists(self, path: str) -> bool:
        self._paths.add(path)
        return self._files.exists(path)

    def is_inside(self, path: str) -> bool:
        self._paths.add(path)
        return self._files.is_inside(path)

    def read(self, path: str) -> bytes:
        self._paths.add(path)
        return self._files.read(path)

    def find(self, folder: str, suffix: str) -> Sequence[str]:
        self._searches.add((folder, suffix))
        return self._files.find(folder, suffix)

    def stamp(self, path: str) -> Stamp | None:
        self._paths.add(path.removesuffix(KIND_MARK))
        return self._files.stamp(path)

    def digest(self, path: str) -> str:
        self._paths.add(path.removesuffix(KIND_MARK))
        return self._files.digest(path)

    def concerns(self, path: str, is_folder: bool = False) -> bool:
        """Whether builds have read this path, or would now find it. `is_folder`: it is a folder, or was."""
        searches, paths = [*self._searches], {*self._paths}
        if not is_watched(path):
            return path in paths and is_watched(posixpath.dirname(path))  # a hidden file, named by a script
        if f"{posixpath.dirname(path) or '.'}/" in paths:
            return True
        if any(_is_within(known, path) for known in (*paths, *(folder for folder, _ in searches))):
            return True
        return any(
            (is_folder or path.endswith(suffix)) and _is_within(path, folder) for folder, suffix in searches
        )

    def folders(self, root: Path) -> frozenset[str]:
        """Return the folders (absolute) to watch, each without its subfolders."""
        paths = [*self._paths]
        parents = {posixpath.dirname(path.rstrip("/")) for path in paths}
        parents |= {path.rstrip("/") for path in paths if path.endswith("/")}
        searched = {folder for search, _ in [*self._searches] for folder in _subfolders(root, search)}
        existing = {_nearest(root, folder) for folder in parents if is_watched(folder)}
        return frozenset(os.path.join(root, folder) for folder in {"", *searched, *existing})


def is_watched(path: str) -> bool:
    """Whether a path below the root may be a source: it is not hidden, installed or built."""
    parts = path.split("/")
    hidden = any(part.startswith(".") or part in _UNWATCHED for part in parts)
    return not (path.startswith("/") or hidden or parts[0] == BUILD or "site-packages" in parts)


def _is_within(path: str, folder: str) -> bool:
    return path == folder or path.startswith(f"{folder}/")


def _subfolders(root: Path, folder: str) -> Iterator[str]:
    for path, names, _ in os.walk(root / folder):
        relative = Path(path).relative_to(root).as_posix()
        names[:] = [name for name in names if is_watched(f"{relative}/{name}")]
        yield relative


def _nearest(root: Path, folder: str) -> str:
    """Return the folder, or the nearest one above it that exists, in which it would appear."""
    while folder and not os.path.isdir(root / folder):
        folder = posixpath.dirname(folder)
    return folder
