"""Letters in messages: each with its code point, as one that no font has cannot be seen."""

from __future__ import annotations

import unicodedata

_MOST_NAMED = 5


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
