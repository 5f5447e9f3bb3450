"""New files of the author's: all of them or none, and none in the place of another."""

from __future__ import annotations

import errno
import os
import secrets
import shutil
from collections.abc import Mapping
from contextlib import ExitStack, suppress
from pathlib import Path

from deckwright.files.exchange import rename_new
from deckwright.files.system_errors import errors_about


def write_new(root: Path, files: Mapping[str, bytes]) -> None:
    """Write files below a folder, which may be new, too.

    They are written under other names, and get their own when all are whole. Raises DeckwrightError, and then
    leaves nothing behind.
    """
    trees: dict[Path, dict[Path, bytes]] = {}
    for path, data in files.items():
        trees.setdefault(_first_missing(root / path), {})[root / path] = data
    with ExitStack() as undo:
        written = {place: _write(place, tree, undo) for place, tree in trees.items()}
        for place, temporary in written.items():
            with errors_about(place, always=True):
                rename_new(temporary, place)
            undo.callback(_remove, place)
        undo.pop_all()


def _first_missing(path: Path) -> Path:
    """Return a file, or the highest folder above it that is not there."""
    return next(each for each in (path, *path.parents) if os.path.exists(each.parent) or each.parent == each)


def _write(place: Path, tree: Mapping[Path, bytes], undo: ExitStack) -> Path:
    """Write what will be a file or a folder under another name beside it; return that name."""
    temporary = place.with_name(f".deckwright-new-{secrets.token_hex(8)}.tmp")
    undo.callback(_remove, temporary)
    with errors_about(place, always=True):
        for path, data in tree.items():
            file = temporary / path.relative_to(place)
            file.parent.mkdir(parents=True, exist_ok=True)
            with file.open("xb", buffering=0) as opened:
                if opened.write(data) != len(data):
                    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    return temporary


def _remove(path: Path) -> None:
    with suppress(OSError):
        shutil.rmtree(path) if path.is_dir() else path.unlink()
