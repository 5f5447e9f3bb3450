"""Diagnostics for missing files that a deck shows or links."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator
from urllib.parse import quote

from deckwright.model import Cause, Deck, Diagnostic
from deckwright.text.lines import Lines
from deckwright.text.paths import COPY_OR_ALLOW, from_deck, how_outside

_BEFORE_ADDRESS = r"(?:\]\(\s*<?|\]:\s*<?|url\(\s*|[\"'=])"
_BEHIND_ADDRESS = r"(?=[?#\s<>()\"',]|$)"
_FOLDERS = r"[^\s()<>\"']*?"


def file_diagnostics(
    deck: Deck, lines: Lines, exists: Callable[[str], bool], is_inside: Callable[[str], bool]
) -> Iterator[Diagnostic]:
    """Warn of each file that is missing or outside of the project."""
    for path in deck.files:
        if fault := _fault(path, exists, is_inside):
            slug, message, reason, hint = fault
            place = lines.span(*_name_span(deck, path))
            yield lines.warning(slug, message, place, hint, path, cause=Cause(path, reason))


def _fault(
    path: str, exists: Callable[[str], bool], is_inside: Callable[[str], bool]
) -> tuple[str, str, str, str] | None:
    """Return slug, message, reason and hint for a file that pages do not get; None for one that they do."""
    if not is_inside(path):
        how = how_outside(path)
        return "outside-project", f"{path} {how}", f"it {how}", COPY_OR_ALLOW
    if exists(path):
        return None
    if exists(f"{path}/"):
        message = f"{path} is a folder, which a page cannot link"
        return "missing-file", message, "it is a folder", "link a file in it"
    return "missing-file", f"no file {path}", "no file", ""


def _name_span(deck: Deck, path: str) -> tuple[int, int]:
    """Return the span of a file's name in an address of the deck, not in its prose or code."""
    name = posixpath.basename(path)
    relative, text = from_deck(deck.path, path), _without_fences(deck)
    as_named = (relative, quote(relative))
    for folders, addresses in ((r"(?:\./)?", as_named), (_FOLDERS, (*as_named, name, quote(name)))):
        for address in addresses:
            pattern = f"{_BEFORE_ADDRESS}{folders}{re.escape(address)}{_BEHIND_ADDRESS}"
            if match := re.search(pattern, text):
                return match.end() - len(posixpath.basename(address)), match.end()
    start = max(text.find(name), 0)
    return start, start + len(name)


def _without_fences(deck: Deck) -> str:
    """Return the text of a deck with blanks in place of its fences."""
    lines = Lines(deck.path, deck.text)
    pieces, done = [], 0
    for fence in deck.fences:
        start, end = lines.start(fence.line), lines.start(fence.end + 1)
        pieces += [deck.text[done:start], " " * (end - start)]
        done = end
    return "".join([*pieces, deck.text[done:]])
