"""A copy of what scripts need of a project, on a worker that does not share its folder."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from deckwright.files.atomic import write_atomic
from deckwright.files.digests import ABSENT, digest
from deckwright.files.scratch import remove_tree


class Contents:
    """Contents of files by their digest, in a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    def add(self, contents: Mapping[str, bytes]) -> None:
        for content in contents.values():
            write_atomic(self._folder / digest(content), content)

    def lacking(self, digests: Mapping[str, str]) -> list[str]:
        """Return the digests among those of some paths whose content is not here."""
        wanted = {each for each in digests.values() if each != ABSENT}
        return sorted(each for each in wanted if not self.path(each).is_file())

    def path(self, of: str) -> Path:
        """Return where the content of a digest is, or would be."""
        return self._folder / of


class ProjectCopy:
    """A folder that has, at each path that was named, what is there in the project."""

    def __init__(self, root: Path, contents: Contents) -> None:
        self.root = root
        self._contents = contents
        self._placed: dict[str, str] = {}
        root.mkdir(parents=True, exist_ok=True)

    def place(self, files: Mapping[str, str], folders: Mapping[str, tuple[str, ...]]) -> None:
        """Put files and folders where they are in the project. All contents must be there."""
        for folder, names in folders.items():
            self._make_folder(self.root / folder, names)
        for path, wanted in files.items():
            if self._placed.get(path) != wanted:
                self._place(self.root / path, wanted)
                self._placed[path] = wanted

    def _make_folder(self, folder: Path, names: tuple[str, ...]) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        for other in set(os.listdir(folder)) - {name.rstrip("/") for name in names}:
            _remove(folder / other)
        for name in names:
            if name.endswith("/"):
                (folder / name).mkdir(exist_ok=True)

    def _place(self, path: Path, wanted: str) -> None:
        if wanted == ABSENT:
            _remove(path)
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        write_atomic(path, self._contents.path(wanted).read_bytes())


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        remove_tree(path)
    else:
        path.unlink(missing_ok=True)
