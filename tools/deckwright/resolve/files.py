"""Diagnostics for missing files that a deck shows or links."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator
from urllib.parse import quote

from deckwright.model import Deck, Diagnostic
from deckwright.text.lines import Lines
from deckwright.text.paths import COPY_INSIDE, from_deck, is_outside

_BEFORE_ADDRESS = r"(?:\]\(\s*<?|\]:\s*<?|url\(\s*|[\"'=])"


def file_diagnostics(deck: Deck, lines: Lines, exists: Callable[[str], bool]) -> Iterator[Diagnostic]:
    """Warn of each file that is missing or outside of the project."""
    for path in deck.files:
        if is_outside(path):
            yield _missing(deck, lines, path, f"{path} lies outside of the project", COPY_INSIDE)
        elif not exists(path):
            yield _missing(deck, lines, path, f"no file {path}")


def _missing(deck: Deck, lines: Lines, path: str, message: str, hint: str = "") -> Diagnostic:
    place = lines.span(*_name_span(deck, path))
    return lines.warning("missing-file", message, place, hint, path)


def _name_span(deck: Deck, path: str) -> tuple[int, int]:
    """Return the span of a file's name in an address of the deck, not in its prose."""
    name = posixpath.basename(path)
    relative = from_deck(deck.path, path)
    for address, last in ((relative, name), (quote(relative), quote(name)), (name, name), (quote(name),) * 2):
        if match := re.search(rf"{_BEFORE_ADDRESS}[^\s()<>\"']*?{re.escape(address)}", deck.text):
            return match.end() - len(last), match.end()
    start = max(deck.text.find(name), 0)
    return start, start + len(name)
