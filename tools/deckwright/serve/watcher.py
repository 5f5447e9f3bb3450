"""The watcher: reports changes in folders, from a thread of its own.

The system reports most changes as events. What it does not report (a file on a network, one that a link leads
to, more than its queue holds) is found by looking: seldom, or often where events cannot be relied on.
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Self

from watchfiles import watch

from deckwright.frozen import dataclass
from deckwright.serve.mounts import find_mounts, silent_type
from deckwright.serve.snapshot import Snapshot

DEBOUNCE_MS = 50
"""The longest time for which changes are collected while more of them come."""

STEP_MS = 10
"""Changes are reported when no other has come for this time: many files saved at once are one change."""

_TICK_MS = 100

_BUSY = 0.1
"""The part of the time that looking may take: a folder may have many files, or be far away."""

OnChange = Callable[[Collection[str]], object]


@dataclass(frozen=True, slots=True)
class Polling:
    """How often folders are looked at."""

    always: bool = False
    """Often, whatever the file system."""
    often_seconds: float = 0.3
    seldom_seconds: float = 5.0
    mounts: Callable[[], Mapping[str, str]] = find_mounts


_USUAL = Polling()


class Watcher:
    """Reports the absolute paths of what was changed, created or removed, until its context is left."""

    def __init__(
        self, on_change: OnChange, on_polling: Callable[[str], object], polling: Polling = _USUAL
    ) -> None:
        """Both functions are called from another thread; `on_polling` once with each reason to look often."""
        self._on_change = on_change
        self._on_polling = on_polling
        self._polling = polling
        self._reasons: set[str] = set()
        self._lock = threading.Lock()
        self._folders: frozenset[str] = frozenset()
        self._come: frozenset[str] = frozenset()
        """Folders that are to be reported, as changes in them were not."""
        self._stop = _Stop()
        self._is_over = False
        self._snapshot = Snapshot()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self._is_over = True
        self._stop.set()
        if self._thread.ident is not None:
            self._thread.join()

    def watch_folders(self, folders: frozenset[str]) -> bool:
        """Watch these folders, without their subfolders; return whether they were not watched before.

        In that case something may have changed in them before this call.
        """
        folders = frozenset(map(os.path.normpath, folders))
        if folders == self._folders:
            return False
        stop = self._watch(folders)
        if self._thread.ident is None:
            self._thread.start()
        stop.polled.wait()
        return True

    def watch_also(self, folders: frozenset[str]) -> None:
        """Watch more folders, from within the report of a change; they are reported when they are watched."""
        folders = frozenset(map(os.path.normpath, folders))
        self._come |= folders
        self._watch(self._folders | folders)

    def _watch(self, folders: frozenset[str]) -> _Stop:
        with self._lock:
            self._stop.set()
            self._folders, self._stop = folders, _Stop()
            return self._stop

    def _run(self) -> None:
        while not self._is_over:
            with self._lock:
                folders, stop = self._folders, self._stop
            self._snapshot.cover(folders)
            for changed in self._changes(folders, stop):
                self._on_change(changed)
                if not folders.isdisjoint(changed):
                    break  # it may be another folder of that name, which has to be watched

    def _changes(self, folders: frozenset[str], stop: _Stop) -> Iterator[set[str]]:
        """Yield what the system reports, and what is found besides."""
        is_often = self._polling.always or not all(map(os.path.isdir, folders))
        if not is_often and (kind := silent_type(folders, self._polling.mounts())):
            is_often = True
            self._explain(f"a file system of the type {kind} may report none")
        try:
            yield from self._look(_events(folders, stop), is_often)
        except (OSError, RuntimeError) as error:
            # There are too many watches, or a folder was removed just now.
            if not isinstance(error, FileNotFoundError):
                self._explain(f"the system reports none: {error}")
            yield from self._look(_no_events(stop, self._polling.often_seconds), is_often=True)

    def _look(self, events: Iterator[set[str]], is_often: bool) -> Iterator[set[str]]:
        pause = self._polling.often_seconds if is_often else self._polling.seldom_seconds
        next_look = 0.0
        for changed in events:
            self._snapshot.note(changed)
            if (begin := time.monotonic()) >= next_look:
                changed |= self._snapshot.changes() | self._take_come()
                end = time.monotonic()
                next_look = end + max(pause, (end - begin) / _BUSY)
            if changed:
                yield changed

    def _take_come(self) -> frozenset[str]:
        come, self._come = self._come, frozenset()
        return come

    def _explain(self, reason: str) -> None:
        if reason not in self._reasons:
            self._reasons.add(reason)
            self._on_polling(reason)


def _events(folders: frozenset[str], stop: _Stop) -> Iterator[set[str]]:
    """Yield the paths of events, and an empty set now and then.

    Raises OSError, or watchfiles' own RuntimeError, if there can be none.
    """
    for changes in watch(
        *sorted(filter(os.path.isdir, folders)),
        watch_filter=None,
        debounce=DEBOUNCE_MS,
        step=STEP_MS,
        stop_event=stop,
        rust_timeout=_TICK_MS,
        yield_on_timeout=True,
        recursive=False,
        force_polling=False,
        raise_interrupt=False,
    ):
        yield {os.path.normpath(path) for _, path in changes}


def _no_events(stop: _Stop, seconds: float) -> Iterator[set[str]]:
    while not stop.is_set():
        yield set()
        stop.wait(seconds)


class _Stop(threading.Event):
    """The event that ends the watching; it is polled in every step, and first when the watching has begun."""

    def __init__(self) -> None:
        super().__init__()
        self.polled = threading.Event()

    def is_set(self) -> bool:
        self.polled.set()
        return super().is_set()

    def set(self) -> None:
        super().set()
        self.polled.set()  # it may never be polled
