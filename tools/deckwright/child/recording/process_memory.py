"""The memory of other processes, which Linux shows to their ancestors."""

from __future__ import annotations

import errno
import os

_USUAL_BYTES, _MOST_BYTES = 256, 4096
"""As long as most paths are, and as long as one may be."""
_MOST_FILES = 64


class ProcessMemory:
    """Reads what lies at an address of a thread's process."""

    def __init__(self) -> None:
        self._files: dict[int, int] = {}
        """The open memory of threads."""

    def path(self, thread: int, address: int) -> bytes:
        """Return a path, which ends with NUL; raises OSError where it cannot be read."""
        file = self._files.get(thread) or self._open(thread)
        data = os.pread(file, _USUAL_BYTES, address)
        end = data.find(b"\0")
        if end < 0:
            data = self._read(thread, address, _MOST_BYTES)
            end = data.find(b"\0")
            if end < 0:
                raise OSError(errno.ENAMETOOLONG, "no path ends here")
        return data[:end]

    def number(self, thread: int, address: int) -> int:
        """Return a number of 64 bits; raises OSError where it cannot be read."""
        return int.from_bytes(self._read(thread, address, 8), "little")

    def forget(self) -> None:
        """Close what is open: a program that starts gets other memory, and numbers go to other threads."""
        for file in self._files.values():
            os.close(file)
        self._files.clear()

    def _read(self, thread: int, address: int, size: int) -> bytes:
        file = self._files.get(thread) or self._open(thread)
        data = os.pread(file, size, address)
        if not data:  # the memory that was opened is gone
            self.forget()
            data = os.pread(self._open(thread), size, address)
        return data

    def _open(self, thread: int) -> int:
        if len(self._files) >= _MOST_FILES:
            self.forget()
        file = self._files[thread] = os.open(f"/proc/{thread}/mem", os.O_RDONLY | os.O_CLOEXEC)
        return file
