"""A cache for functions of texts that has a size: a live server reads thousands of versions of a file."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")

MOST_CHARACTERS = 2_000_000
"""Of all texts for which a function remembers its value: several times as many as a course has."""

ENTRY_CHARACTERS = 2_000
"""What an entry takes besides its texts: a parsed deck of one line is some dozen objects."""


def remembered(function: Callable[P, T]) -> Callable[P, T]:
    """Return a function that remembers its values for the texts that were used last.

    Its arguments have hashes, and its values are not None.
    """
    return remembered_within(MOST_CHARACTERS)(function)


def remembered_within(most_characters: int) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """Return a decorator as `remembered`; texts among the arguments, and values that are texts, count."""

    def decorate(function: Callable[P, T]) -> Callable[P, T]:
        values: dict[tuple[object, ...], T] = {}

        @wraps(function)
        def remembering(*arguments: P.args, **named: P.kwargs) -> T:
            key = (*arguments, *named.items())
            # Several threads may call it: each step is one operation, and what one misses it computes again.
            value = values.pop(key, None)
            if value is None:
                value = function(*arguments, **named)
                _make_room(values, most_characters - _characters(key, value))
            values[key] = value  # as the last one
            return value

        return remembering

    return decorate


def _make_room(values: dict[tuple[object, ...], T], most: int) -> None:
    entries = [*values.items()]
    held = sum(_characters(key, value) for key, value in entries)
    for key, value in entries:
        if held <= most:
            return
        held -= _characters(key, value)
        values.pop(key, None)


def _characters(key: tuple[object, ...], value: object) -> int:
    return ENTRY_CHARACTERS + sum(len(part) for part in (*key, value) if isinstance(part, str))
