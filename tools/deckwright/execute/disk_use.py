"""How much a job has written below its folders, measured while it runs, a part at a time.

On Linux, files without a name count, too, while a process of the job has them open: those of `TemporaryFile`.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from itertools import islice
from pathlib import Path

_ENTRIES = 500
"""How many files are looked at in one step, which takes a millisecond or two."""

_BLOCK_BYTES = 512
"""The unit of `st_blocks`, whatever the disk."""


class DiskUse:
    """Walks through folders over and over. What a sparse file does not hold does not count."""

    def __init__(self, folders: Sequence[Path]) -> None:
        self._folders = folders
        self._pids: Iterable[int] = ()
        self._seen: set[tuple[int, int]] = set()
        """Files of this walk that could be met again, by device and number."""
        self._walk = self._files()
        self._count = 0
        self._last = 0
        """What the last whole walk counted."""

    def step(self, pids: Iterable[int] = ()) -> int:
        """Look at some more files; return how many bytes there are at least, as far as is known.

        `pids` are the processes of the job now.
        """
        self._pids = pids
        if sum(1 for _ in islice(self._walk, _ENTRIES)) < _ENTRIES:
            self._last = self._count
            self._walk = self._files()
        return max(self._last, self._count)

    def _files(self) -> Iterator[None]:
        """Count one file after the other."""
        self._count = 0
        self._seen.clear()
        waiting = [str(folder) for folder in self._folders]
        while waiting:
            with suppress(OSError), os.scandir(waiting.pop()) as entries:
                for entry in entries:
                    with suppress(OSError):
                        if entry.is_dir(follow_symlinks=False):
                            waiting.append(entry.path)
                        self._add(entry.stat(follow_symlinks=False))
                    yield
        for pid in self._pids:
            with suppress(OSError), os.scandir(f"/proc/{pid}/fd") as entries:
                for entry in entries:
                    with suppress(OSError):
                        status = entry.stat()
                        if status.st_nlink == 0 and stat.S_ISREG(status.st_mode):
                            self._add(status)
                    yield

    def _add(self, status: os.stat_result) -> None:
        name = status.st_dev, status.st_ino
        if status.st_nlink == 1 or name not in self._seen:
            self._count += status.st_blocks * _BLOCK_BYTES
        if status.st_nlink != 1:
            self._seen.add(name)
