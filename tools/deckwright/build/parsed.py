"""Decks, scripts and text files as they were parsed: one is parsed again where its text has changed."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TypeVar

from deckwright.files import codec
from deckwright.files.digests import digest_of
from deckwright.model import Deck, Dialect, Script
from deckwright.parse import parse_deck, parse_script, parse_text_file
from deckwright.store import Store

Source = TypeVar("Source", Deck, Script)


class ParsedSources:
    """Sources as they were parsed last, by this process or by an earlier build: one version of each path."""

    def __init__(self, store: Store | None = None, version: str = "") -> None:
        """Without a store, nothing is known of earlier builds; the version is that of all that parses."""
        self._store = store
        self._version = version
        self._sources: dict[str, tuple[str, Deck | Script]] = {}
        self._new: set[str] = set()

    def deck(self, path: str, text: str, dialect: Dialect) -> Deck:
        key = digest_of([self._version, codec.encode(dialect), text])
        return self._parsed(Deck, path, key, partial(parse_deck, path, text, dialect))

    def script(self, path: str, text: str) -> Script:
        key = digest_of([self._version, "script", text])
        return self._parsed(Script, path, key, partial(parse_script, path, text))

    def text_file(self, path: str, text: str) -> Script:
        key = digest_of([self._version, "text", text])
        return self._parsed(Script, path, key, partial(parse_text_file, path, text))

    def keep(self, is_kept: Callable[[str], bool] = lambda path: True) -> None:
        """Store what has been parsed since this was called last, for later builds, of paths to be kept."""
        new = {path: self._sources[path] for path in self._new if is_kept(path)}
        if self._store and new:
            self._store.put_parsed(new, is_kept)
        self._new.clear()

    def _parsed(self, kind: type[Source], path: str, key: str, parse: Callable[[], Source]) -> Source:
        known, value = self._sources.get(path, ("", None))
        if known == key and isinstance(value, kind):
            return value
        source = self._store.parsed(kind, path, key) if self._store else None
        if source is None:
            source = parse()
            self._new.add(path)
        self._sources[path] = key, source
        return source
