"""Diagnostics for missing files that a deck shows or links."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from urllib.parse import quote

from deckwright.model import Cause, Deck, Diagnostic
from deckwright.text.lines import Lines
from deckwright.text.paths import COPY_INSIDE, from_deck, is_outside

_BEFORE_ADDRESS = r"(?:\]\(\s*<?|\]:\s*<?|url\(\s*|[\"'=])"


def file_diagnostics(deck: Deck, lines: Lines, exists: Callable[[str], bool]) -> Iterator[Diagnostic]:
    """Warn of each file that is missing or outside of the project."""
    for path in deck.files:
        if fault := _fault(path, exists):
            message, reason, hint = fault
            place = lines.span(*_name_span(deck, path))
            warning = lines.warning("missing-file", message, place, hint, path)
            yield replace(warning, cause=Cause(path, reason))


def _fault(path: str, exists: Callable[[str], bool]) -> tuple[str, str, str] | None:
    """Return message, reason and hint for a file that is not there; None for one that is."""
    if is_outside(path):
        return f"{path} lies outside of the project", "it lies outside of the project", COPY_INSIDE
    if exists(path):
        return None
    if exists(f"{path}/"):
        return f"{path} is a folder, which a page cannot link", "it is a folder", "link a file in it"
    return f"no file {path}", "no file", ""


def _name_span(deck: Deck, path: str) -> tuple[int, int]:
    """Return the span of a file's name in an address of the deck, not in its prose."""
    name = posixpath.basename(path)
    relative = from_deck(deck.path, path)
    for address, last in ((relative, name), (quote(relative), quote(name)), (name, name), (quote(name),) * 2):
        if match := re.search(rf"{_BEFORE_ADDRESS}[^\s()<>\"']*?{re.escape(address)}", deck.text):
            return match.end() - len(last), match.end()
    start = max(deck.text.find(name), 0)
    return start, start + len(name)
