"""Lines of an output that an author leaves out of the comparison, by a regular expression."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress

_LONGEST_SECONDS = 0.2
"""Processor time for one line: some expressions would otherwise search for ever."""


def expression(text: str) -> str:
    """Return a text that is a regular expression; raises ValueError, which says what is wrong."""
    import regex

    try:
        regex.compile(text)
    except regex.error as error:
        raise ValueError(str(error)) from None
    if not text:
        raise ValueError("it is empty")
    return text


def without_ignored(text: str, pattern: str) -> str:
    """Return a text without the lines in which an expression is found.

    A search that takes too long finds nothing, nor does any after it: these lines are compared.
    """
    return "\n".join(row for _, row in compared_rows(text, pattern)) if pattern else text


def compared_rows(text: str, pattern: str) -> list[tuple[int, str]]:
    """Return the other lines, each with its number."""
    rows = list(enumerate(text.split("\n"), 1))
    ignored = set(_found(rows, pattern)) if pattern else set()
    return [(number, row) for number, row in rows if number not in ignored]


def _found(rows: Iterable[tuple[int, str]], pattern: str) -> Iterator[int]:
    import regex

    search = regex.compile(pattern).search
    with suppress(TimeoutError):
        for number, row in rows:
            if search(row, timeout=_LONGEST_SECONDS):
                yield number
