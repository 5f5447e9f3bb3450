"""The standard streams of a job, redirected at their descriptors, also for C++ and subprocesses."""

from __future__ import annotations

import contextlib
import io
import os
import sys
from collections.abc import Callable

from deckwright.child.libc import libc
from deckwright.child.task import STDERR, STDOUT

_APPEND = os.O_RDWR | os.O_CREAT | os.O_APPEND
_STARTS = frozenset({"subprocess.Popen", "os.system", "os.posix_spawn", "os.fork", "os.forkpty"})
"""Audit events of what starts a process."""


class OrderedStream(io.TextIOWrapper):
    """A standard stream that tells when the program begins to write to it instead of the other.

    Buffers hide the order: stdout keeps its text for a while, stderr writes each line at once.
    """

    last: OrderedStream | None = None
    on_change: Callable[[], None] | None = None
    """Called before the first write to another stream than the last one."""

    def write(self, text: str, /) -> int:
        if OrderedStream.last is not self:
            OrderedStream.change(self)
        return super().write(text)

    @staticmethod
    def change(stream: OrderedStream | None) -> None:
        """Note that a stream will be written to, or (None) another process may write to both."""
        OrderedStream.last = stream
        if OrderedStream.on_change:
            OrderedStream.on_change()


def report_changes(action: Callable[[], None]) -> None:
    """Call an action whenever the program begins to write to another stream, or starts a process."""
    OrderedStream.on_change = action

    def hook(event: str, _: object) -> None:
        if event in _STARTS:
            OrderedStream.change(None)

    sys.addaudithook(hook)


# A script that asks for the type of a stream sees what it is without us.
OrderedStream.__module__, OrderedStream.__name__ = io.TextIOWrapper.__module__, io.TextIOWrapper.__name__
OrderedStream.__qualname__ = io.TextIOWrapper.__qualname__


def order_streams() -> None:
    """Replace the standard streams by ordered ones, before any module refers to them.

    Their encoding is that of a terminal with UTF-8, whatever the locale is.
    """
    sys.stdout = sys.__stdout__ = _ordered(sys.__stdout__, "strict")  # type: ignore[misc]
    sys.stderr = sys.__stderr__ = _ordered(sys.__stderr__, "backslashreplace")  # type: ignore[misc]
    sys.stdin.reconfigure(encoding="utf-8", errors="strict")  # type: ignore[union-attr]


def _ordered(stream: object, errors: str) -> OrderedStream:
    assert isinstance(stream, io.TextIOWrapper), "we start every interpreter with its streams"
    mode = stream.mode
    ordered = OrderedStream(stream.detach(), encoding="utf-8", errors=errors)
    vars(ordered)["mode"] = mode
    return ordered


class Streams:
    """Files for stdout and stderr, and a stdin that is empty, or a pipe."""

    def __init__(self, folder: str, *, watched: bool = False, stdin: str = "") -> None:
        """`watched`: write each line of stdout to the file at once, which takes a little longer."""
        self._files = [_redirect(os.path.join(folder, STDOUT), 1)]
        self._files.append(_redirect(os.path.join(folder, STDERR), 2))
        source = os.open(stdin or os.devnull, os.O_RDONLY)
        os.dup2(source, 0)
        os.close(source)
        for stream, lines in ((sys.__stdout__, watched), (sys.__stderr__, True)):
            assert isinstance(stream, OrderedStream), "order_streams() is the first thing that we do"
            stream.reconfigure(line_buffering=lines)
        sys.stdout, sys.stderr = sys.__stdout__, sys.__stderr__
        OrderedStream.last = sys.__stdout__  # type: ignore[assignment]

    def flush(self) -> None:
        """Write what the buffers of Python and C hold."""
        for stream in {sys.stdout, sys.stderr, sys.__stdout__, sys.__stderr__}:
            with contextlib.suppress(Exception):
                stream.flush()  # type: ignore[union-attr]
        with contextlib.suppress(OSError, TypeError):  # a Python without a shared C library
            libc().fflush(None)

    def sizes(self) -> tuple[int, int]:
        """Flush, and return the sizes of stdout and stderr."""
        self.flush()
        out, err = (os.fstat(file).st_size for file in self._files)
        return out, err


class TypedInput(io.RawIOBase):
    """What somebody types into stdin, of whom it is asked first; shown as a terminal shows it."""

    def __init__(self, ask: Callable[[], None]) -> None:
        self._ask = ask

    def readable(self) -> bool:
        return True

    def fileno(self) -> int:
        return 0

    def readinto(self, buffer: memoryview, /) -> int:  # type: ignore[override]
        self._ask()
        typed = os.read(0, len(buffer))
        os.write(1, typed)
        buffer[: len(typed)] = typed
        return len(typed)

    def use(self) -> None:
        """Let the program read from it."""
        reader = io.BufferedReader(self)
        sys.stdin = sys.__stdin__ = io.TextIOWrapper(reader, encoding="utf-8")  # type: ignore[misc]


def _redirect(path: str, descriptor: int) -> int:
    file = os.open(path, _APPEND, 0o600)
    os.dup2(file, descriptor)
    return file
