"""The memory of other processes, which Linux shows to their ancestors."""

from __future__ import annotations

import ctypes
import errno
import os

_PAGE = 4096
_MOST_BYTES = 4096
"""As long as a path may be."""


class _Part(ctypes.Structure):
    _fields_ = (("address", ctypes.c_void_p), ("size", ctypes.c_size_t))


class ProcessMemory:
    """Reads what lies at an address of a process. One thread at a time: all reads share a buffer."""

    def __init__(self) -> None:
        part, number = ctypes.POINTER(_Part), ctypes.c_ulong
        self._read = ctypes.CDLL(None, use_errno=True).process_vm_readv
        self._read.argtypes = (ctypes.c_int, part, number, part, number, number)
        self._read.restype = ctypes.c_ssize_t
        self._buffer = ctypes.create_string_buffer(_MOST_BYTES)
        self._whole = ctypes.byref(_Part(ctypes.addressof(self._buffer), _MOST_BYTES))
        self._parts = (_Part * 2)()

    def path(self, process: int, address: int) -> bytes:
        """Return a path, which ends with NUL; raises OSError where it cannot be read."""
        count = self._fill(process, address)
        path: bytes = self._buffer.value
        if len(path) >= count:
            raise OSError(errno.ENAMETOOLONG, "no path ends here")
        return path

    def number(self, process: int, address: int) -> int:
        """Return a number of 64 bits; raises OSError where it cannot be read."""
        self._fill(process, address)
        return int.from_bytes(self._buffer.raw[:8], "little")

    def _fill(self, process: int, address: int) -> int:
        # The memory may end with the page, and the kernel reads only whole parts.
        first, second = self._parts
        first.address, first.size = address, _PAGE - address % _PAGE
        second.address, second.size = address + first.size, _MOST_BYTES
        count: int = self._read(process, self._whole, 1, self._parts, 2, 0)
        if count < 0:
            raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
        return count
