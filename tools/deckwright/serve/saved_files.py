"""Files as they are between saves: editors empty a file, or remove it, before they write it."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import TypeVar

from deckwright.files.digests import ABSENT, digest
from deckwright.files.disk import Files
from deckwright.model import KIND_MARK, VARIABLE_MARK, Stamp

SAVE_SECONDS = 0.25
"""How long a file may be empty or gone until it is written. A build waits for so long, in all."""

_STEP_SECONDS = 0.01
_NOTHING = (ABSENT, digest(b""))
"""The digests of files that are gone, or empty."""

_T = TypeVar("_T")


class SavedFiles:
    """`Files` of which those that are just being saved are waited for. One thread reads."""

    def __init__(self, files: Files) -> None:
        self._files = files
        self._whole: set[str] = set()
        """The files that had content when they were last looked at."""
        self._listed: dict[tuple[str, str], Sequence[str]] = {}
        self._deadline: float | None = None
        """When waiting ends in this build; None if nothing was waited for."""

    def begin(self) -> None:
        """Note that a build begins."""
        self._deadline = None

    def exists(self, path: str) -> bool:
        return self.stamp(path) is not None

    def is_inside(self, path: str) -> bool:
        return self._files.is_inside(path)

    def read(self, path: str) -> bytes:
        self.exists(path)  # reading has no result for a file that is gone
        return self._look_at(path, lambda: self._files.read(path), bool)

    def find(self, folder: str, suffix: str) -> Sequence[str]:
        last = self._listed.get((folder, suffix), ())
        files = self._wait(lambda: self._files.find(folder, suffix), lambda files: {*last} <= {*files})
        self._listed[folder, suffix] = files
        return files

    def stamp(self, path: str) -> Stamp | None:
        return self._look_at(path, lambda: self._files.stamp(path), _has_content)

    def digest(self, path: str) -> str:
        return self._look_at(path, lambda: self._files.digest(path), lambda known: known not in _NOTHING)

    def _look_at(self, path: str, look: Callable[[], _T], is_whole: Callable[[_T], bool]) -> _T:
        """Look at a file, and again while it has lost the content that it had."""
        if path.endswith(("/", KIND_MARK)) or path.startswith(VARIABLE_MARK):
            return look()
        seen = self._wait(look, is_whole) if path in self._whole else look()
        (self._whole.add if is_whole(seen) else self._whole.discard)(path)
        return seen

    def _wait(self, look: Callable[[], _T], is_whole: Callable[[_T], bool]) -> _T:
        while not is_whole(seen := look()):
            now = time.monotonic()
            self._deadline = self._deadline or now + SAVE_SECONDS
            if now > self._deadline:
                break
            time.sleep(_STEP_SECONDS)
        return seen


def _has_content(stamp: Stamp | None) -> bool:
    return stamp is not None and stamp.size_bytes > 0
