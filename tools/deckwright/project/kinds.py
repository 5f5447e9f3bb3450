"""Kinds of values that settings may have."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlsplit

from deckwright.frozen import dataclass
from deckwright.text.repositories import is_branch, may_be_repository
from deckwright.text.sizes import parse_size
from deckwright.text.suggest import unknown_key


@dataclass(frozen=True, slots=True)
class Kind:
    words: str
    fits: Callable[[Any], bool]


def problems(table: Mapping[Any, Any], known: Mapping[str, Kind], prefix: str = "") -> dict[Any, str]:
    """Return in words, by key, what is wrong: each unknown key, and each value that is not of its kind."""
    wrong = {}
    for key, value in table.items():
        if key not in known:
            wrong[key] = unknown_key(str(key), known, prefix)
        elif not known[key].fits(value):
            wrong[key] = f"'{prefix}{key}' must be {known[key].words}, not {value!r}"
    return wrong


def _is_list(value: object) -> bool:
    return isinstance(value, list) and all(map(TEXT.fits, value))


def _is_size(value: object) -> bool:
    try:
        return TEXT.fits(value) and parse_size(value) >= 0
    except ValueError:
        return False


def _is_address(value: object) -> bool:
    try:
        parts = urlsplit(value) if isinstance(value, str) else None
    except ValueError:
        return False
    return parts is not None and parts.scheme in ("http", "https") and bool(parts.hostname)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _is_data(value: object) -> bool:
    """Whether JSON can hold a value."""
    if isinstance(value, dict):
        return all(isinstance(key, str) and _is_data(item) for key, item in value.items())
    if isinstance(value, list):
        return all(map(_is_data, value))
    return value is None or isinstance(value, str | int | float)


def one_of(*words: str) -> Kind:
    """Return the kind of a value that is one of these words."""
    return Kind(" or ".join(map(repr, words)), lambda value: value in words)


TEXT = Kind("text", lambda value: isinstance(value, str))
ADDRESS = Kind("an address that begins with https:// or http://", _is_address)
REPOSITORY = Kind(
    "the address of a repository or of a folder in it, such as https://github.com/NAME/COURSE",
    lambda value: _is_address(value) and may_be_repository(value),
)
BRANCH = Kind(
    "the address of a branch on GitHub, such as https://github.com/NAME/COURSE/tree/gh-pages",
    lambda value: _is_address(value) and is_branch(value),
)
LIST = Kind("a list of texts", _is_list)
TEXTS = Kind("text or a list of texts", lambda value: TEXT.fits(value) or _is_list(value))
NUMBER = Kind("a whole number", lambda value: type(value) is int)
COUNT = Kind("a whole number, 0 or more", lambda value: type(value) is int and value >= 0)
SECONDS = Kind("a number of seconds, or 0 for no limit", lambda value: _is_number(value) and 0 <= value < 1e6)
TIMEOUT = Kind("a positive number of seconds", lambda value: _is_number(value) and 0 < value < 1e6)
SCALE = Kind("a number above 0", lambda value: _is_number(value) and 0 < value < 1e6)
SIZE = Kind('a size such as "2 GiB"', _is_size)
SWITCH = Kind("true or false", lambda value: isinstance(value, bool))
DATA = Kind("data", _is_data)
TABLE = Kind("a table", lambda value: isinstance(value, dict))
HTML = Kind(
    'true, false, "default" or a table of elements and their attributes',
    lambda value: SWITCH.fits(value) or value == "default" or (TABLE.fits(value) and DATA.fits(value)),
)
