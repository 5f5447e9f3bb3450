"""The letters of a matplotlib figure that none of its fonts has: boxes stand in their place."""

from __future__ import annotations

import sys
import unicodedata
from collections.abc import Iterator
from typing import Any


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
    shown = unicodedata.normalize("NFC", text.get_text())
    letters = [letter for letter in shown if not letter.isascii() and not _is_unseen(letter)]
    if letters:
        fonts = [_characters(path) for path in _paths(text)]
        yield from (letter for letter in letters if not any(_has(characters, letter) for characters in fonts))


def _has(characters: frozenset[int], letter: str) -> bool:
    """Whether a font has a letter, or can compose it."""
    return ord(letter) in characters or all(
        ord(part) in characters for part in unicodedata.normalize("NFD", letter)
    )


def _paths(text: Any) -> Iterator[str]:
    font_manager = sys.modules["matplotlib.font_manager"]
    yield from font_manager.fontManager._find_fonts_by_props(text.get_fontproperties())


def _characters(path: str) -> frozenset[int]:
    return frozenset(sys.modules["matplotlib.font_manager"].get_font(path).get_charmap())


def _is_unseen(letter: str) -> bool:
    """Whether nothing is drawn for a character: a space, a joiner, a variation selector."""
    return (
        unicodedata.category(letter) in ("Cc", "Cf", "Zl", "Zp", "Zs")
        or "VARIATION SELECTOR" in unicodedata.name(letter, "")
        or letter in "\u034f\u115f\u1160\u3164\uffa0"
    )
