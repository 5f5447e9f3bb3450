"""A folder for what one command needs while it runs; what killed commands left goes with the next one."""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import Self


class Scratch:
    """A new folder below `parent`. A context: leaving it removes the folder."""

    def __init__(self, parent: Path) -> None:
        parent.mkdir(parents=True, exist_ok=True)
        with _lock(parent):
            for folder in parent.iterdir():
                _remove_if_left(folder)
            self.path = Path(tempfile.mkdtemp(prefix="run-", dir=parent)).resolve()
            # Held until the process ends, however it ends: so the next one knows whether it may remove it.
            self._lock = os.open(self.path, os.O_RDONLY | os.O_CLOEXEC)
            with suppress(OSError):
                fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Remove the folder and all that is in it."""
        shutil.rmtree(self.path, ignore_errors=True)
        os.close(self._lock)


@contextmanager
def _lock(folder: Path) -> Iterator[None]:
    """Hold a folder's lock, where the file system has locks."""
    file = os.open(folder, os.O_RDONLY | os.O_CLOEXEC)
    try:
        with suppress(OSError):
            fcntl.flock(file, fcntl.LOCK_EX)
        yield
    finally:
        os.close(file)


def _remove_if_left(folder: Path) -> None:
    """Remove a folder that no living process holds."""
    with suppress(OSError):  # it is held, or there are no locks: then nobody can know
        file = os.open(folder, os.O_RDONLY | os.O_CLOEXEC | os.O_DIRECTORY)
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            shutil.rmtree(folder, ignore_errors=True)
        finally:
            os.close(file)
