"""Letters of a page that no font has, neither inside the page nor among those that come with Marp."""

from __future__ import annotations

import base64
import html
import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path

from deckwright.marp.subset import letters_of
from deckwright.text.css import FACE, addresses_in
from deckwright.text.letters import seen_letters, without_font

_NO_TEXT = re.compile(r"<(script|style)\b.*?</\1\s*>|<!--.*?-->|\bdata:[^\"')\s]*", re.S | re.I)
_DATA = re.compile(r"data:[^,]*;base64,(.*)", re.S)


def letters_without_font(
    page: str, files: Mapping[str, tuple[str, str]], own: Callable[[], frozenset[str]]
) -> str:
    """Return the letters of a page that no font has; `files` are what it reads besides, by address.

    `own` returns the letters of the fonts that come with Marp.
    """
    letters = seen_letters(html.unescape(_NO_TEXT.sub("", page)))
    if letters:
        letters = without_font(letters, own())
    for face in FACE.findall(page) if letters else ():
        characters = _characters(face, files)
        if characters is None:
            return ""  # it may have all of them
        letters = without_font(letters, characters)
    return "".join(sorted(letters))


def _characters(face: str, files: Mapping[str, tuple[str, str]]) -> frozenset[str] | None:
    """Return the characters of a rule's font; None for a font that cannot be read."""
    sources = [source for address in addresses_in(face) if (source := _source(address, files)) is not None]
    for source in sources:
        with suppress(Exception):  # what the author's font is, fontTools may not know
            return letters_of(source)
    return None if sources else frozenset()


def _source(address: str, files: Mapping[str, tuple[str, str]]) -> bytes | None:
    """Return the file of a font; None for one that the page does not get."""
    if match := _DATA.match(address):
        return base64.b64decode(match[1])
    path, _ = files.get(address, ("", ""))
    return Path(path).read_bytes() if path else None
