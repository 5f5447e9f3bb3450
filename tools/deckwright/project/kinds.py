"""Kinds of values that settings may have."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from deckwright.text.sizes import parse_size
from deckwright.text.suggest import unknown_key


@dataclass(frozen=True, slots=True)
class Kind:
    words: str
    fits: Callable[[Any], bool]


def problems(table: Mapping[Any, Any], known: Mapping[str, Kind], prefix: str = "") -> Iterator[str]:
    """Yield in words each unknown key, and each value that is not of its kind."""
    for key, value in table.items():
        if key not in known:
            yield unknown_key(str(key), known, prefix)
        elif not known[key].fits(value):
            yield f"'{prefix}{key}' must be {known[key].words}, not {value!r}"


def _is_list(value: object) -> bool:
    return isinstance(value, list) and all(map(TEXT.fits, value))


def _is_size(value: object) -> bool:
    try:
        return TEXT.fits(value) and parse_size(value) >= 0
    except ValueError:
        return False


def _is_data(value: object) -> bool:
    """Whether JSON can hold a value."""
    if isinstance(value, dict):
        return all(isinstance(key, str) and _is_data(item) for key, item in value.items())
    if isinstance(value, list):
        return all(map(_is_data, value))
    return value is None or isinstance(value, str | int | float)


ANY = Kind("anything", lambda value: True)
TEXT = Kind("text", lambda value: isinstance(value, str))
LIST = Kind("a list of texts", _is_list)
TEXTS = Kind("text or a list of texts", lambda value: TEXT.fits(value) or _is_list(value))
NUMBER = Kind("a whole number", lambda value: type(value) is int)
SIZE = Kind('a size such as "2 GiB"', _is_size)
SWITCH = Kind("true or false", lambda value: isinstance(value, bool))
DATA = Kind("data", _is_data)
TABLE = Kind("a table", lambda value: isinstance(value, dict))
HTML = Kind(
    'true, false, "default" or a table of elements and their attributes',
    lambda value: SWITCH.fits(value) or value == "default" or (TABLE.fits(value) and DATA.fits(value)),
)
