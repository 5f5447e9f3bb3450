"""Snapshots of folders: what changed in them since the last look, where no event says so."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator

from deckwright.files.disk import stamp_of
from deckwright.model import Stamp


class Snapshot:
    """Remembers folders, each without its subfolders. Paths are absolute, and normal."""

    def __init__(self) -> None:
        self._folders: dict[str, dict[str, Stamp | None]] = {}
        """For each folder, the stamps of itself and of what is in it; None for what leads nowhere."""

    def cover(self, folders: Iterable[str]) -> None:
        """Look at these folders from now on; those that are covered already keep what was seen in them."""
        before = self._folders
        self._folders = {folder: before.get(folder) or dict(_stamps(folder)) for folder in folders}

    def note(self, paths: Iterable[str]) -> None:
        """Look at paths whose change is known, so that it is not returned again."""
        for path in paths:
            for folder in {os.path.dirname(path), path} & self._folders.keys():
                self._folders[folder][path] = _stamp(path)

    def changes(self) -> set[str]:
        """Return the paths that changed, came or went since they were looked at last."""
        changed: set[str] = set()
        for folder, before in self._folders.items():
            self._folders[folder] = now = dict(_stamps(folder))
            paths = before.keys() | now.keys()
            changed |= {path for path in paths if before.get(path) != now.get(path)}
        return changed


def _stamps(folder: str) -> Iterator[tuple[str, Stamp | None]]:
    yield folder, _stamp(folder)
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                yield entry.path, _stamp(entry.path)
    except OSError:  # it is gone
        return


def _stamp(path: str) -> Stamp | None:
    """Return a stamp that differs where there is another file, content or folder."""
    try:
        status = os.stat(path)
    except OSError:
        return None
    # A folder's times say that something changed in it, which is seen there.
    return Stamp(0, 0, status.st_dev, status.st_ino) if stat.S_ISDIR(status.st_mode) else stamp_of(status)
