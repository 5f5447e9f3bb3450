"""Tracked reads: `Files` that remembers every question and its answer."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import field

from deckwright.files.digests import ABSENT, digest
from deckwright.files.disk import Files
from deckwright.frozen import dataclass
from deckwright.model import Stamp

STABLE_NS = 2_000_000_000
"""A file that changed more recently may change again and keep its stamp: some disks count in seconds."""


@dataclass(frozen=True, slots=True)
class FileState:
    """A file's digest, and its stamp at that time; None if a later change might not show in the stamp."""

    digest: str
    stamp: Stamp | None = None


@dataclass(frozen=True, slots=True)
class FileLog:
    """The questions to a `Files`, and its answers."""

    files: Mapping[str, FileState] = field(default_factory=dict)
    present: Mapping[str, bool] = field(default_factory=dict)
    searches: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Answers of `find`, by suffix and folder, such as `.py snippets`."""
    inside: Mapping[str, bool] = field(default_factory=dict)

    def updated(self, later: FileLog) -> FileLog:
        """Return a log with the answers of a later one in place of its own."""
        return FileLog(
            {**self.files, **later.files},
            {**self.present, **later.present},
            {**self.searches, **later.searches},
            {**self.inside, **later.inside},
        )


class TrackedFiles:
    """`Files` that answers each question once, and remembers the answer.

    A file that an earlier log knows is not read again if its stamp is the same.
    """

    def __init__(self, files: Files, known: FileLog | None = None) -> None:
        self.files = files
        self._known = known or FileLog()
        self._contents: dict[str, bytes] = {}
        self._seen: dict[str, FileState] = {}
        self._present: dict[str, bool] = {}
        self._inside: dict[str, bool] = {}
        self._searches: dict[str, tuple[str, ...]] = {}

    def exists(self, path: str) -> bool:
        if path not in self._present:
            self._present[path] = self.files.exists(path)
        return self._present[path]

    def is_inside(self, path: str) -> bool:
        if path not in self._inside:
            self._inside[path] = self.files.is_inside(path)
        return self._inside[path]

    def read(self, path: str) -> bytes:
        if path not in self._contents:
            # The stamp first: if the file changes while it is read, its stamp no longer fits.
            stamp = self.stamp(path)
            try:
                self._contents[path] = self.files.read(path)
            except OSError:
                self._seen[path] = FileState(ABSENT)
                raise
            self._seen[path] = FileState(digest(self._contents[path]), _if_stable(stamp))
        return self._contents[path]

    def find(self, folder: str, suffix: str) -> tuple[str, ...]:
        return self._search(f"{suffix} {folder}")

    def _search(self, question: str) -> tuple[str, ...]:
        if question not in self._searches:
            suffix, _, folder = question.partition(" ")
            self._searches[question] = tuple(self.files.find(folder, suffix))
        return self._searches[question]

    def stamp(self, path: str) -> Stamp | None:
        return self.files.stamp(path)

    def digest(self, path: str) -> str:
        if path not in self._seen:
            stamp, known = self.stamp(path), self._known.files.get(path)
            if stamp and known and known.stamp == stamp:
                self._seen[path] = known
            else:
                self._seen[path] = FileState(self.files.digest(path), _if_stable(stamp))
        return self._seen[path].digest

    def file_log(self) -> FileLog:
        """Return the questions and answers so far."""
        return FileLog(dict(self._seen), dict(self._present), dict(self._searches), dict(self._inside))

    def agrees(self, before: FileLog) -> bool:
        """Whether the questions of an earlier log still have the same answers."""
        return self._has_same_files(before) and all(
            self.digest(path) == seen.digest for path, seen in before.files.items()
        )

    def changed_since(self, before: FileLog) -> frozenset[str] | None:
        """Return the files with other contents than in an earlier log; None if another answer changed."""
        if not self._has_same_files(before):
            return None
        return frozenset(path for path, seen in before.files.items() if self.digest(path) != seen.digest)

    def _has_same_files(self, before: FileLog) -> bool:
        return (
            all(self.exists(path) is was for path, was in before.present.items())
            and all(self.is_inside(path) is was for path, was in before.inside.items())
            and all(self._search(question) == was for question, was in before.searches.items())
        )


def _if_stable(stamp: Stamp | None) -> Stamp | None:
    """Return the stamp if another change would show in it."""
    newest_ns = max(stamp.modified_ns, stamp.changed_ns) if stamp else 0
    return stamp if stamp and time.time_ns() - newest_ns > STABLE_NS else None
