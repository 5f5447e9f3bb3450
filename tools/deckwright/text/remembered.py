"""A cache for functions of texts that has a size: a live server reads thousands of versions of a file."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")

MOST_CHARACTERS = 2_000_000
"""Of all texts for which a function remembers its value: several times as many as a course has."""


def remembered(function: Callable[P, T]) -> Callable[P, T]:
    """Return a function that remembers its values for the texts that were used last.

    Its arguments have hashes, and its values are not None.
    """
    values: dict[tuple[object, ...], T] = {}

    @wraps(function)
    def remembering(*arguments: P.args, **named: P.kwargs) -> T:
        key = (*arguments, *named.items())
        # Several threads may call it: each step is one operation, and what one misses it computes again.
        value = values.pop(key, None)
        if value is None:
            value = function(*arguments, **named)
            _make_room(values, MOST_CHARACTERS - _characters(key))
        values[key] = value  # as the last one
        return value

    return remembering


def _make_room(values: dict[tuple[object, ...], T], most: int) -> None:
    keys = [*values]
    held = sum(map(_characters, keys))
    for key in keys:
        if held <= most:
            return
        held -= _characters(key)
        values.pop(key, None)


def _characters(key: tuple[object, ...]) -> int:
    return sum(len(part) for part in key if isinstance(part, str))
