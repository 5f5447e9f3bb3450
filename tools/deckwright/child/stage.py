"""A process on stage: it has run the statements before a block, stands still, and is forked for each run.

So a block runs after what stands before it in its script, without that running again; and whatever it does,
the next one begins from the same state. It reads the folders of blocks, a line each, from a pipe in its
scratch folder, and their keepers write replies into another one, as `deckwright.child.fork_server` says.
"""

from __future__ import annotations

import gc
import io
import os
import stat
import threading
import weakref
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from deckwright.child.display.displays import Displays
from deckwright.child.display.figures import FigureRecorder, open_figures
from deckwright.child.keeper import fork, start_below_keeper
from deckwright.child.libraries import card_in_use
from deckwright.child.task import REPLIES, REQUESTS

_BUFFERED = (io.TextIOWrapper, io.BufferedWriter, io.BufferedRandom)


def fork_obstacle(device: str) -> str:
    """Say why a copy of this process would not work; empty if it would."""
    if card_in_use():
        return "it uses CUDA, which no copy of a process can go on with"
    if device == "mps":
        return "it uses the GPU of a Mac, which no copy of a process can go on with"
    # Threads of a pool are not in the copy, which waits for them forever.
    if any(not each.daemon for each in threading.enumerate() if each is not threading.main_thread()):
        return "it has started threads"
    if _native_threads() > threading.active_count():
        return "a library has started threads"
    return ""


def _native_threads() -> int:
    """Return how many threads the system counts; 0 where it does not say."""
    with suppress(OSError):
        return len(os.listdir("/proc/self/task"))
    return 0


def await_block(folder: str, files: OpenFiles) -> str:
    """Stand still; return, in a fork for each request, the folder of the block that has to run."""
    requests = os.open(os.path.join(folder, REQUESTS), os.O_RDONLY)
    replies = os.open(os.path.join(folder, REPLIES), os.O_WRONLY)
    here, keepers = os.getpid(), list[int]()
    for block in _lines(requests):
        keepers = [pid for pid in keepers if os.waitpid(pid, os.WNOHANG) == (0, 0)]
        files.restore()
        pid = fork()
        if pid == 0:
            os.close(requests)
            start_below_keeper(block, replies, here)
            os.setsid()
            return block
        keepers.append(pid)
    os._exit(0)  # there is nobody left to ask for a block


def _lines(descriptor: int) -> Iterator[str]:
    rest = b""
    while data := os.read(descriptor, 65536):
        *lines, rest = (rest + data).split(b"\n")
        yield from map(os.fsdecode, lines)


class OpenFiles:
    """The files that are open before a block. A fork shares its place in them, and may write to them."""

    def __init__(self) -> None:
        gc.collect()
        self._written = [weakref.ref(file) for file in _buffered()]
        self._flush()
        self._places = dict(_places())
        # Else the collector of a fork writes to each object, and so copies it.
        gc.freeze()

    def restore(self) -> None:
        """Set places and lengths as they were."""
        for descriptor, (place, length) in self._places.items():
            with suppress(OSError):
                os.lseek(descriptor, place, os.SEEK_SET)
                if os.fstat(descriptor).st_size > length:
                    os.ftruncate(descriptor, length)

    def flush(self) -> None:
        """Write what is in the buffers of files, also of those that were opened since."""
        self._written += [weakref.ref(file) for file in _buffered()]
        self._flush()

    def _flush(self) -> None:
        """Write it: a fork would write it again, or lose it at its end."""
        for reference in self._written:
            with suppress(Exception):  # it is closed, or of a class of the author's
                if (file := reference()) is not None:
                    file.flush()


def _buffered() -> Iterator[Any]:
    """Yield the files with buffers among the objects that are not frozen."""
    # By their own types: an object that is asked for its class may do anything.
    return (each for each in gc.get_objects() if issubclass(type(each), _BUFFERED))


def _places() -> Iterator[tuple[int, tuple[int, int]]]:
    """Yield the place in each regular file that is open, and its length; not of the standard streams."""
    for name in os.listdir("/dev/fd"):
        with suppress(OSError, ValueError):
            status = os.fstat(descriptor := int(name))
            if descriptor > 2 and stat.S_ISREG(status.st_mode):
                yield descriptor, (os.lseek(descriptor, 0, os.SEEK_CUR), status.st_size)


def note_figures() -> None:
    """Draw the figures that are open: those that change from now on are known by that."""
    for figure in open_figures():
        with suppress(Exception):  # the block that changes it next will show why
            figure.canvas.draw()


def show_figures(displays: Displays, figures: FigureRecorder) -> None:
    """Display the figures that are open and have changed, but for those that the block has displayed."""
    changed = (figure for figure in open_figures() if figure.stale)
    for figure in [each for each in changed if not any(each is shown for shown in figures.remembered)]:
        displays.show(displays.forms_of(figure), figure)
