"""Letters of a page that no font has, neither inside the page nor among those that come with Marp."""

from __future__ import annotations

import base64
import html
import re
from collections.abc import Mapping
from contextlib import suppress
from functools import lru_cache
from io import BytesIO
from pathlib import Path

from deckwright.marp.font_addresses import FACE
from deckwright.marp.fonts import FILES
from deckwright.text.letters import seen_letters, without_font

_NO_TEXT = re.compile(r"<(script|style)\b.*?</\1\s*>|<!--.*?-->|\bdata:[^\"')\s]*", re.S | re.I)
_URL = re.compile(r"url\(\s*[\"']?([^\"')]+)", re.I)
_DATA = re.compile(r"data:[^,]*;base64,(.*)", re.S)


def letters_without_font(page: str, files: Mapping[str, tuple[str, str]], packages: Path) -> str:
    """Return the letters of a page that no font has; `files` are what it reads besides, by address."""
    letters = seen_letters(html.unescape(_NO_TEXT.sub("", page)))
    if letters:
        letters = without_font(letters, _own(packages))
    for face in FACE.findall(page) if letters else ():
        characters = _characters(face, files)
        if characters is None:
            return ""  # it may have all of them
        letters = without_font(letters, characters)
    return "".join(sorted(letters))


@lru_cache(maxsize=1)
def _own(packages: Path) -> frozenset[str]:
    """Return the characters of the fonts that come with Marp."""
    return frozenset[str]().union(*(_of_font((packages / file.source).read_bytes()) for file in FILES))


def _characters(face: str, files: Mapping[str, tuple[str, str]]) -> frozenset[str] | None:
    """Return the characters of a rule's font; None for a font that cannot be read."""
    sources = [source for address in _URL.findall(face) if (source := _source(address, files)) is not None]
    for source in sources:
        with suppress(Exception):  # what the author's font is, fontTools may not know
            return _of_font(source)
    return None if sources else frozenset()


def _source(address: str, files: Mapping[str, tuple[str, str]]) -> bytes | None:
    """Return the file of a font; None for one that the page does not get."""
    if match := _DATA.match(address):
        return base64.b64decode(match[1])
    path, _ = files.get(address, ("", ""))
    return Path(path).read_bytes() if path else None


def _of_font(data: bytes) -> frozenset[str]:
    from fontTools.ttLib import TTFont  # slow to import, and most decks have only ASCII

    with TTFont(BytesIO(data), lazy=True) as font:
        return frozenset(map(chr, font.getBestCmap()))
