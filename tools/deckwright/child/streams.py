"""The standard streams of a job, redirected at their descriptors, also for C++ and subprocesses."""

from __future__ import annotations

import contextlib
import ctypes
import io
import os
import sys

from deckwright.child.task import STDERR, STDOUT

_APPEND = os.O_RDWR | os.O_CREAT | os.O_APPEND


class Streams:
    """An empty stdin, and files for stdout and stderr."""

    def __init__(self, folder: str, *, watched: bool = False) -> None:
        """`watched`: write each line of stdout to the file at once, which takes a little longer."""
        self._files = [_redirect(os.path.join(folder, STDOUT), 1)]
        self._files.append(_redirect(os.path.join(folder, STDERR), 2))
        empty = os.open(os.devnull, os.O_RDONLY)
        os.dup2(empty, 0)
        os.close(empty)
        sys.stdout = _as_utf8(sys.__stdout__, lines=watched)
        sys.stderr = _as_utf8(sys.__stderr__, lines=True)
        self._libc: ctypes.CDLL | None = None
        with contextlib.suppress(OSError, TypeError):  # a Python without a shared C library
            self._libc = ctypes.CDLL(None)

    def flush(self) -> None:
        """Write what the buffers of Python and C hold."""
        for stream in {sys.stdout, sys.stderr, sys.__stdout__, sys.__stderr__}:
            with contextlib.suppress(Exception):
                stream.flush()  # type: ignore[union-attr]
        if self._libc is not None:
            self._libc.fflush(None)

    def sizes(self) -> tuple[int, int]:
        """Flush, and return the sizes of stdout and stderr."""
        self.flush()
        out, err = (os.fstat(file).st_size for file in self._files)
        return out, err


def _redirect(path: str, descriptor: int) -> int:
    file = os.open(path, _APPEND, 0o600)
    os.dup2(file, descriptor)
    return file


def _as_utf8(stream: object, *, lines: bool) -> io.TextIOWrapper:
    """Reconfigure a stream of the interpreter: modules that are imported already refer to it."""
    assert isinstance(stream, io.TextIOWrapper), "we start every interpreter with its streams"
    stream.reconfigure(encoding="utf-8", errors="backslashreplace", line_buffering=lines)
    return stream
