"""Files in build/: whole or absent, and one writer at a time. Errors: `StoreError`, only when writing."""

from __future__ import annotations

import fcntl  # filelock would do as well, but takes 65 ms to import
import os
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from deckwright.errors import StoreError
from deckwright.files.atomic import write_whole
from deckwright.files.digests import digest

PATIENCE_SECONDS = 10.0
"""How long a writer waits for another one, which takes milliseconds unless it was stopped."""

_TICK_SECONDS = 0.01


def read(path: Path) -> bytes | None:
    """Return what a file holds; None if it cannot be read."""
    try:
        return path.read_bytes()
    except OSError:
        return None


def write_atomic(path: Path, data: bytes, sync: bool = True) -> bool:
    """Write a file whole, and only if its content differs; return whether it was written.

    Readers see the old file or the new one; with `sync` after a power cut, too. Raise `StoreError`
    when it cannot be written.
    """
    if read(path) == data:
        return False
    with our_error(path):
        write_whole(path, data, sync)
    return True


def append(path: Path, line: bytes, sync: bool) -> None:
    """Append to a file in one write."""
    with our_error(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        # Unbuffered: what is appended must be one write.
        with open(path, "ab", buffering=0) as file:
            if file.write(line) != len(line):
                raise OSError("the disk is full")
            if sync:
                os.fsync(file.fileno())


def remove(path: Path) -> int:
    """Remove a file if it is there; return the bytes freed."""
    with suppress(OSError):
        size = path.stat().st_size
        path.unlink()
        return size
    return 0


def unchanged(root: Path, files: Mapping[str, str]) -> bool:
    """Whether each file below `root` still has the digest that it was written with."""
    contents = ((read(root / path), known) for path, known in files.items())
    return all(data is not None and digest(data) == known for data, known in contents)


@contextmanager
def held(path: Path) -> Iterator[bool]:
    """Hold the lock at `path`; tell whether it is held.

    Where it cannot be had (a file system without locks, a build that was stopped in mid-write) one may
    write all the same: files are whole or absent. What one may not do is remove what others wrote.
    """
    with our_error(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o666)
    try:
        yield _locked(file)
    finally:
        os.close(file)


def _locked(file: int) -> bool:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while True:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > deadline:
                return False
            time.sleep(_TICK_SECONDS)
        except OSError:
            return False
        else:
            return True


@contextmanager
def our_error(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        hint = "everything in build/ is safe to delete: the next build makes it again"
        message = f"cannot write {path.name}: {error.strerror or error}"
        raise StoreError(message, hint) from error
