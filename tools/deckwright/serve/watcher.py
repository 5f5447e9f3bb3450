"""Watching folders: what changes in them is told at once, from a thread of its own."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Collection
from types import TracebackType
from typing import Self

from watchfiles import watch

DEBOUNCE_MS = 50
"""The longest time for which changes are gathered, while they keep coming."""

STEP_MS = 10
"""Changes are told when so long nothing else has changed: many files saved at once are one change."""

Tell = Callable[[Collection[str] | OSError], None]


class Watcher:
    """Tells which files and folders were changed, made or removed (absolute paths), or why it can't.

    A context: leaving it ends the watching.
    """

    def __init__(self, tell: Tell) -> None:
        """`tell` is called from another thread."""
        self._tell = tell
        self._folders: frozenset[str] = frozenset()
        self._stop = _Stop()
        self._thread: threading.Thread | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._end()

    def follow(self, folders: frozenset[str]) -> bool:
        """Watch these folders, without their subfolders; return whether that is news.

        Then something may have changed in them before this call.
        """
        if self._thread is not None and self._thread.is_alive() and folders == self._folders:
            return False
        self._end()
        self._folders, self._stop = folders, _Stop()
        self._thread = threading.Thread(target=self._watch, args=(folders, self._stop), daemon=True)
        self._thread.start()
        self._stop.asked.wait()
        return True

    def _end(self) -> None:
        self._stop.set()
        if self._thread is not None:
            self._thread.join()

    def _watch(self, folders: frozenset[str], stop: _Stop) -> None:
        try:
            there = sorted(filter(os.path.isdir, folders))
            for changes in watch(
                *there,
                watch_filter=None,
                debounce=DEBOUNCE_MS,
                step=STEP_MS,
                stop_event=stop,
                recursive=False,
                raise_interrupt=False,
            ):
                changed = {path for _, path in changes}
                over = not folders.isdisjoint(changed)  # a folder that is made again has to be watched again
                if over:  # who is told may ask at once to follow these folders
                    self._folders = frozenset()
                self._tell(changed)
                if over:
                    return
        except OSError as error:
            self._tell(error)
        finally:
            stop.asked.set()


class _Stop(threading.Event):
    """Looked at in every step of the watching, so that the first look tells that it has begun."""

    def __init__(self) -> None:
        super().__init__()
        self.asked = threading.Event()

    def is_set(self) -> bool:
        self.asked.set()
        return super().is_set()
