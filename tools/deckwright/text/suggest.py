"""Suggestions for what is misspelt: "did you mean ...?"."""

from __future__ import annotations

from collections.abc import Iterable


def closest(word: str, known: Iterable[str], alike: float = 0.6) -> str:
    """Return the known word that is most similar; empty if none is.

    `alike` is the share of the letters that must be the same, 0.0 to 1.0.
    """
    from difflib import get_close_matches  # only after a mistake

    return next(iter(get_close_matches(word, list(known), 1, alike)), "")


def did_you_mean(word: str, known: Iterable[str], otherwise: str = "") -> str:
    """Return a hint that names a file of the same name or a similar word, or else `otherwise`."""
    words = list(known)
    name = word.rpartition("/")[2]
    same_name = (path for path in words if path.rpartition("/")[2] == name)
    close = next(same_name, "") or closest(word, words)
    return f"did you mean {close}?" if close else otherwise


def did_you_mean_key(key: str, known: Iterable[str]) -> str:
    """Return a hint that names a similar key, or else all keys."""
    keys = list(known)
    close = closest(key, keys)
    return f"did you mean '{close}'?" if close else f"known: {', '.join(keys)}"


def unknown_key(key: str, known: Iterable[str], prefix: str = "") -> str:
    """Return the message for an unknown setting, with a similar one."""
    close = closest(key, known)
    return f"unknown setting '{prefix}{key}'" + (f", did you mean '{close}'?" if close else "")
