"""Letters, the fonts that have them, and how messages name them: by code point, as they may not be seen."""

from __future__ import annotations

import unicodedata
from collections.abc import Container, Iterable

_MOST_NAMED = 5
_UNSEEN = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u3164\uffa0")
"""Letters that are nothing but a sign for the letters around them."""


def seen_letters(text: str) -> frozenset[str]:
    """Return the letters outside of ASCII that a font must have to show a text."""
    composed = unicodedata.normalize("NFC", text)
    return frozenset(letter for letter in composed if not letter.isascii() and not _is_unseen(letter))


def without_font(letters: Iterable[str], characters: Container[str]) -> frozenset[str]:
    """Return those of some letters that cannot be shown by a font with these characters."""
    return frozenset(letter for letter in letters if not _has(characters, letter))


def _has(characters: Container[str], letter: str) -> bool:
    """Whether a font has a letter, or what it is composed of, or what browsers and matplotlib show for it."""
    parts = unicodedata.normalize("NFD", letter)
    return letter in characters or all(part in characters for part in parts) or letter == "\u2011"


def _is_unseen(letter: str) -> bool:
    """Whether nothing is drawn for a character: a space, a joiner, a variation selector."""
    return (
        unicodedata.category(letter) in ("Cc", "Cf", "Cs", "Zl", "Zp", "Zs")
        or "\ufe00" <= letter <= "\ufe0f"
        or "\U000e0000" <= letter <= "\U000e0fff"
        or letter in _UNSEEN
    )


def named_letters(letters: str) -> str:
    """Return letters in words, each once: "안 (U+C548), 녕 (U+B155) and 3 more"."""
    unique = list(dict.fromkeys(letters))
    named = [f"{_seen(letter)}U+{ord(letter):04X}{')' if _seen(letter) else ''}" for letter in unique]
    if len(named) == 1:
        return named[0]
    shown = named[:_MOST_NAMED]
    last = f"{len(named) - len(shown)} more" if len(named) > len(shown) else shown.pop()
    return f"{', '.join(shown)} and {last}"


def _seen(letter: str) -> str:
    """Return a letter as it begins its name; nothing for one that is not seen alone."""
    return "" if unicodedata.category(letter)[0] in "CMZ" else f"{letter} ("
