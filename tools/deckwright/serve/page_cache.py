"""The pages of the last build, and how each build changed them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from deckwright.files.disk import Disk
from deckwright.model import Stamp
from deckwright.serve.page_changes import PageChange, ParsedPage, compare, read_page

INDEX = "index.html"


class PageCache:
    """Pages by path below the build folder. One thread calls `refresh`, others read."""

    def __init__(self, build: Path) -> None:
        self._disk = Disk(build)
        self._pages: Mapping[str, ParsedPage] = {}
        self._stamps: dict[str, Stamp] = {}

    @property
    def decks(self) -> tuple[str, ...]:
        """Return the paths of the decks' pages."""
        return tuple(path for path in self._pages if path != INDEX)

    @property
    def versions(self) -> dict[str, str]:
        return {path: page.version for path, page in self._pages.items()}

    def refresh(self, decks: Iterable[str]) -> dict[str, PageChange]:
        """Read pages that changed, and return how; `decks` are the paths of all decks' pages."""
        before = self._pages
        stamps = {path: self._disk.stamp(path) for path in (*decks, INDEX)}
        self._pages = {path: self._read(path, stamp) for path, stamp in stamps.items() if stamp}
        changes = {path: compare(before[path], page) for path, page in self._pages.items() if path in before}
        return {path: change for path, change in changes.items() if change}

    def _read(self, path: str, stamp: Stamp) -> ParsedPage:
        known = self._pages.get(path)
        if known and self._stamps.get(path) == stamp:
            return known
        self._stamps[path] = stamp
        return read_page(self._disk.read(path))
