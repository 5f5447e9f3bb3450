"""The letters of a matplotlib figure that none of its fonts has: boxes stand in their place."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from deckwright.text.letters import seen_letters, without_font


def missing_letters(figure: Any) -> str:
    """Return the letters that no font has in which a figure that was just drawn shows them, each once."""
    try:
        return "".join(dict.fromkeys(letter for text in _texts(figure) for letter in _missing(text)))
    except Exception:
        return ""  # an artist of the author's, or a matplotlib that finds fonts in another way


def _texts(artist: Any) -> Iterator[Any]:
    """Yield the texts that an artist shows."""
    if not artist.get_visible():
        return
    if isinstance(artist, sys.modules["matplotlib.text"].Text) and not artist.get_usetex():
        yield artist
    for child in artist.get_children():
        yield from _texts(child)


def _missing(text: Any) -> Iterator[str]:
    letters = seen_letters(text.get_text())
    if letters:
        characters = frozenset[str]().union(*map(_characters, _paths(text)))
        yield from sorted(without_font(letters, characters), key=text.get_text().find)


def _paths(text: Any) -> Iterator[str]:
    font_manager = sys.modules["matplotlib.font_manager"]
    yield from font_manager.fontManager._find_fonts_by_props(text.get_fontproperties())


@lru_cache(maxsize=64)
def _characters(path: str) -> frozenset[str]:
    return frozenset(map(chr, sys.modules["matplotlib.font_manager"].get_font(path).get_charmap()))
