"""The border of a project: only files within it get into pages, whatever leads there.

Links of the file system are followed first, so that `..`, an absolute path, a link and a link on the way to a
file are all the same question: in which folder does the file really lie?
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

LARGEST_SHOWN = 2**30
"""Bytes of the largest file that a page takes."""


def real_folders(root: Path, folders: Iterable[str]) -> tuple[Path, ...]:
    """Return where folders really are: the root, and others by their paths, which are relative to it.

    `~` is the home folder; a folder that is not there yet counts, too.
    """
    named = (root, *(root / os.path.expanduser(folder) for folder in folders))
    return tuple(dict.fromkeys(Path(os.path.realpath(folder)) for folder in named))


def lies_within(path: str | Path, folders: Iterable[Path]) -> bool:
    """Whether what is at a path really lies in one of some folders, which are given by their real paths."""
    try:
        real = os.path.realpath(path)
    except (OSError, ValueError):  # no file can have this name
        return False
    # Texts, not `Path.is_relative_to`: a build asks this of every file that its slides may show.
    return any(f"{real}/".startswith(str(folder).rstrip("/") + "/") for folder in folders)


def is_file(path: Path) -> bool:
    """Whether a path is that of a regular file: reading a device or a pipe may never end."""
    try:
        return path.is_file()
    except (OSError, ValueError):  # its name is too long, its links form a circle
        return False


def is_too_large(path: Path) -> bool:
    """Whether a file has more bytes than a page takes."""
    return is_file(path) and path.stat().st_size > LARGEST_SHOWN
