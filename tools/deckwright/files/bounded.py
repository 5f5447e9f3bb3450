"""Reads of files that others may have made: only regular files, never more than a limit, without waiting.

A link may lead to `/dev/zero`, a pipe never ends, and a sparse file of any size costs its maker nothing.
"""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import IO


class Unfit(OSError):
    """What is no regular file, or is larger than it may be."""


def read_bounded(path: Path, most_bytes: int) -> bytes:
    """Return the content of a file; raises OSError, `Unfit` among them."""
    with open_regular(path) as file:
        size = os.fstat(file.fileno()).st_size
        if size > most_bytes:
            raise Unfit(f"{path.name} is larger than {most_bytes} bytes")
        return file.read(size)  # no more, as it may grow meanwhile


def read_bounded_if_there(path: Path, most_bytes: int) -> bytes | None:
    """Return the content of a file; None if it cannot be read, or is larger than it may be."""
    try:
        return read_bounded(path, most_bytes)
    except (OSError, ValueError):
        return None


def open_regular(path: Path) -> IO[bytes]:
    """Open a regular file that is no link; raises OSError, `Unfit` for anything else."""
    file = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    if not stat.S_ISREG(os.fstat(file).st_mode):
        os.close(file)
        raise Unfit(f"{path.name} is not a regular file")
    return os.fdopen(file, "rb")


def file_bytes(path: Path) -> int:
    """Return the size of a file, 0 where there is none. A link is not followed."""
    try:
        return path.lstat().st_size
    except OSError:
        return 0


def can_append(path: Path, most_bytes: int) -> bool:
    """Whether a file is absent, or a regular one of no more than so many bytes."""
    try:
        status = path.lstat()
    except FileNotFoundError:
        return True
    return stat.S_ISREG(status.st_mode) and status.st_size <= most_bytes
