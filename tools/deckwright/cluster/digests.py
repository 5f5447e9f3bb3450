"""Digests of what a run read, in which machines agree, while stamps are only of one file system."""

from __future__ import annotations

from collections.abc import Mapping

from deckwright.files.digests import ABSENT, CHANGED_MEANWHILE
from deckwright.files.disk import Files
from deckwright.files.variables import salted
from deckwright.model import MADE_FILE, NO_FILE, Result, Stamp

_ELSEWHERE = Stamp(-2, 0, 0, 0)
"""In place of the stamp of a file that differs here from what was read there: no file ever has this one."""


class KnownDigests:
    """Digests of files below a root. A file is read once, as long as its stamp stays."""

    def __init__(self, files: Files, salt: str) -> None:
        self._files = files
        self._salt = salt
        self._known: dict[str, tuple[Stamp, str]] = {}

    def digest(self, path: str) -> str:
        stamp, known = self._files.stamp(path), self._known.get(path)
        if stamp and known and known[0] == stamp:
            return known[1]
        digest = self._files.digest(salted(path, self._salt))
        if stamp:
            self._known[path] = stamp, digest
        return digest

    def as_read(self, result: Result) -> dict[str, str]:
        """Return the digest of each thing that a run read, as it was then."""
        return {path: self._then(path, stamp) for path, stamp in result.reads.items() if stamp != MADE_FILE}

    def _then(self, path: str, stamp: Stamp | None) -> str:
        if stamp == NO_FILE:
            return ABSENT
        is_same = stamp is None or self._files.stamp(path) == stamp
        return self.digest(path) if is_same else CHANGED_MEANWHILE

    def stamps(self, result: Result, there: Mapping[str, str]) -> dict[str, Stamp | None]:
        """Return `Result.reads` with the stamps of this machine, where a run elsewhere read the same.

        What it read that is different here gets a stamp that makes its result stale.
        """
        return {path: self._here(path, stamp, there) for path, stamp in result.reads.items()}

    def _here(self, path: str, stamp: Stamp | None, there: Mapping[str, str]) -> Stamp | None:
        if path not in there:  # the run made it
            return stamp
        if self.digest(path) != there[path]:
            return _ELSEWHERE
        return None if stamp is None else self._files.stamp(path) or NO_FILE
