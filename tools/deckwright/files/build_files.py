"""Files below build/: atomic, with one writer at a time. Only writing raises errors."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from functools import cache
from pathlib import Path

from deckwright.files.atomic import write_atomic
from deckwright.files.disk import Disk
from deckwright.files.locks import locked
from deckwright.files.system_errors import errors_about


def write_file(path: Path, data: bytes, sync: bool = False) -> bool:
    """Write a file as `write_atomic` does; return whether its content differed."""
    with errors_about(path):
        return write_atomic(path, data, sync)


def append(path: Path, line: bytes, sync: bool) -> None:
    """Append to a file in one write."""
    with errors_about(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        # Unbuffered: what is appended must be one write.
        with open(path, "ab", buffering=0) as file:
            if file.write(line) != len(line):
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            if sync:
                os.fsync(file.fileno())


def remove(path: Path) -> int:
    """Remove a file if it is there; return the bytes freed."""
    with suppress(OSError):
        size = path.stat().st_size
        path.unlink()
        return size
    return 0


def remove_made(root: Path, made: Mapping[str, str]) -> None:
    """Remove files that were written below `root`, each with this digest (empty if it is not known).

    A link in the place of one is removed, and not what it leads to. A file behind a folder that is a link or
    a mount is removed only if it holds what was written: other files may be there.
    """
    leads_away = cache(is_elsewhere)  # many files lie in one folder
    for path, known in made.items():
        file = root / path
        folders = (folder for folder in file.parents if folder.is_relative_to(root) and folder != root)
        is_ours = not any(map(leads_away, folders)) or (known and unchanged(root, {path: known}))
        if is_ours and (file.is_symlink() or not file.is_dir()):
            with errors_about(file), suppress(FileNotFoundError, NotADirectoryError):
                file.unlink()


def is_elsewhere(folder: Path) -> bool:
    """Whether a folder below build/ is not where it seems to be: a link or a mount."""
    import psutil

    if folder.is_symlink():
        return True
    # A folder that is mounted from the same disk does not show it (`os.path.ismount`).
    return os.path.realpath(folder) in {each.mountpoint for each in psutil.disk_partitions(all=True)}


def unchanged(root: Path, files: Mapping[str, str]) -> bool:
    """Whether each file below `root` still has the digest that it was written with."""
    disk = Disk(root)
    return all(disk.exists(path) and disk.digest(path) == known for path, known in files.items())


@contextmanager
def writer_lock(path: Path, wait_seconds: float) -> Iterator[bool]:
    """Hold the lock at `path`; yield whether it is held.

    Where it is not (a file system without locks, a build that was stopped while writing) one may write
    nevertheless, as files are atomic. One may not remove what others wrote.
    """
    with ExitStack() as stack:
        with errors_about(path):
            path.parent.mkdir(parents=True, exist_ok=True)
            is_held = stack.enter_context(locked(path, wait_seconds, os.O_RDWR | os.O_CREAT))
        yield is_held
