"""The folder of a site: what a publication wrote there, and nothing else, is replaced by the next one."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping
from pathlib import Path

from deckwright.errors import ConfigError
from deckwright.files.build_files import remove_made, write_file
from deckwright.files.digests import digest

MANIFEST = ".deckwright-site.json"
"""The list of the files that a publication wrote, with their digests."""

_FIRST_PAGE = "index.html"
_NAME = re.compile(r"\w[\w.-]*")
_TAKEN = frozenset(
    {"figures", "handout", "html", "kit", "lectures", "notebook", "pdf", "pictures", "scripts"}
)
"""The folders of a site."""


def check_folder(folder: Path) -> None:
    """Raise ConfigError if a folder holds files that no publication wrote."""
    if folder.is_dir() and not (folder / MANIFEST).is_file():
        others = sorted({*os.listdir(folder)} - {".git", *releases_in(folder)})
        if others:
            hint = "name a folder that is empty, or that an earlier publication wrote"
            raise ConfigError(f"{folder} holds other files, such as {others[0]}", hint)
    elif folder.exists() and not folder.is_dir():
        raise ConfigError(f"{folder} is no folder", "name another one")


def releases_in(folder: Path) -> tuple[str, ...]:
    """Return the names of the releases in a folder, the newest name first."""
    names = os.listdir(folder) if folder.is_dir() else []
    return tuple(sorted((name for name in names if (folder / name / MANIFEST).is_file()), reverse=True))


def release_folder(folder: Path, name: str) -> Path:
    """Return the folder of a new release. Raises ConfigError for a name that it cannot have."""
    if not _NAME.fullmatch(name) or name in _TAKEN:
        raise ConfigError(f"a release cannot be called {name!r}", "name a term, such as 2026-autumn")
    release = folder / name
    if release.exists():
        raise ConfigError(f"{release} is there already, and a release stays as it is", "take another name")
    return release


def write_site(folder: Path, files: Mapping[str, bytes]) -> int:
    """Write a site into a folder, the index last; remove what the last publication wrote besides.

    Return how many files are new or changed. If it is stopped, running it again finishes.
    """
    before = _manifest(folder)
    made = {path: digest(data) for path, data in files.items()}
    _write_manifest(folder, {**before, **made})  # whenever it is stopped, all that is ours is listed
    order = sorted(files, key=lambda path: (path == _FIRST_PAGE, path))
    changed = sum(write_file(folder / path, files[path]) for path in order)
    remove_made(folder, {path: known for path, known in before.items() if path not in made})
    _remove_empty(folder, before)
    _write_manifest(folder, made)
    return changed


def _manifest(folder: Path) -> dict[str, str]:
    path = folder / MANIFEST
    try:
        files = json.loads(path.read_text("utf-8"))["files"] if path.is_file() else {}
        return {str(name): str(known) for name, known in files.items()}
    except (ValueError, KeyError, AttributeError):
        raise ConfigError(f"{path} is damaged", "remove the folder, or name another one") from None


def _write_manifest(folder: Path, files: Mapping[str, str]) -> None:
    text = json.dumps({"files": dict(sorted(files.items()))}, indent=1, ensure_ascii=False)
    write_file(folder / MANIFEST, text.encode())


def _remove_empty(folder: Path, files: Mapping[str, str]) -> None:
    """Remove the folders of files that are gone, where nothing else is in them."""
    parents = {parent for path in files for parent in (folder / path).parents if folder in parent.parents}
    for parent in sorted(parents, key=lambda each: len(each.parts), reverse=True):
        if parent.is_dir() and not parent.is_symlink() and not any(parent.iterdir()):
            parent.rmdir()
