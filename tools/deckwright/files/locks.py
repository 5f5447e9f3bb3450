"""Locks of files and folders; a process that ends, however it ends, holds none any longer.

Where a file system has no locks, nothing is ever locked.
"""

from __future__ import annotations

import fcntl  # filelock takes 65 ms to import, which a build with nothing to do would feel
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

_TICK_SECONDS = 0.01


@contextmanager
def locked(path: Path | str, wait_seconds: float, flags: int = os.O_RDONLY) -> Iterator[bool]:
    """Open a file or folder with these flags and lock it; yield whether it is locked.

    It is not if another process has it locked for so long. Raises OSError if it cannot be opened.
    """
    file = os.open(path, flags | os.O_CLOEXEC, 0o666)
    try:
        yield try_lock(file, wait_seconds)
    finally:
        os.close(file)


def remove_unless_locked(path: Path, remove: Callable[[Path], object], flags: int = os.O_RDONLY) -> None:
    """Remove what a process that has ended left; without locks no process can know."""
    with suppress(OSError), locked(path, 0, flags) as is_locked:
        if is_locked:
            remove(path)


def try_lock(file: int | IO[bytes], wait_seconds: float = 0) -> bool:
    """Lock an open file or folder until it is closed; return whether it is locked."""
    deadline = time.monotonic() + wait_seconds
    while True:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return True
        except BlockingIOError:
            if time.monotonic() >= deadline:
                return False
            time.sleep(_TICK_SECONDS)
        except OSError:
            return False
