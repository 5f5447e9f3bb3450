"""The watcher: reports changes in folders, from a thread of its own."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Collection
from typing import Self

from watchfiles import watch

DEBOUNCE_MS = 50
"""The longest time for which changes are collected while more of them come."""

STEP_MS = 10
"""Changes are reported when no other has come for this time: many files saved at once are one change."""

OnChange = Callable[[Collection[str] | OSError], object]


class Watcher:
    """Reports files and folders that were changed, created or removed, until its context is left.

    It reports absolute paths, or the error for which it cannot watch.
    """

    def __init__(self, on_change: OnChange) -> None:
        """`on_change` is called from another thread."""
        self._on_change = on_change
        self._folders: frozenset[str] = frozenset()
        self._stop = _Stop()
        self._thread: threading.Thread | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self._end()

    def watch_folders(self, folders: frozenset[str]) -> bool:
        """Watch these folders, without their subfolders; return whether they were not watched before.

        In that case something may have changed in them before this call.
        """
        if self._thread is not None and self._thread.is_alive() and folders == self._folders:
            return False
        self._end()
        self._folders, self._stop = folders, _Stop()
        self._thread = threading.Thread(target=self._watch, args=(folders, self._stop), daemon=True)
        self._thread.start()
        self._stop.polled.wait()
        return True

    def _end(self) -> None:
        self._stop.set()
        if self._thread is not None:
            self._thread.join()

    def _watch(self, folders: frozenset[str], stop: _Stop) -> None:
        try:
            existing = sorted(filter(os.path.isdir, folders))
            for changes in watch(
                *existing,
                watch_filter=None,
                debounce=DEBOUNCE_MS,
                step=STEP_MS,
                stop_event=stop,
                recursive=False,
                raise_interrupt=False,
            ):
                changed = {path for _, path in changes}
                is_over = not folders.isdisjoint(
                    changed
                )  # a folder that is created again has to be watched again
                if is_over:  # before the report, after which these folders may be set again
                    self._folders = frozenset()
                self._on_change(changed)
                if is_over:
                    return
        except OSError as error:
            self._on_change(error)
        finally:
            stop.polled.set()


class _Stop(threading.Event):
    """The event that ends the watching; it is polled in every step, and first when the watching has begun."""

    def __init__(self) -> None:
        super().__init__()
        self.polled = threading.Event()

    def is_set(self) -> bool:
        self.polled.set()
        return super().is_set()
