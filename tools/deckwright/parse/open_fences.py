"""Fences without an end, which hold what the author wrote below them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from deckwright.model import Diagnostic, Fence, Kind
from deckwright.parse.fences import kind_of
from deckwright.text.lines import Lines

_OPENING = re.compile(r"[ \t>]*(?:(?:[-+*]|\d{1,9}[.)])[ \t]+)*(`{3,}(?=[^`]*$)|~{3,})[ \t]*\S")
"""A row that would open a fence with an info string, perhaps in a list or a quote."""

_REPLACED = (Kind.CODE, Kind.OUTPUT)
"""The kinds of fences whose bodies `sync` writes anew."""


def open_fences(fences: Iterable[Fence], lines: Lines) -> Iterator[Diagnostic]:
    """Yield an error for each fence without an end, from the first one on whose body `sync` would replace.

    Below that, other fences count, too: what closes it may be the first line of the next fence, and from
    there on beginnings and ends of fences are taken for each other.
    """
    counts = False
    for fence in fences:
        is_replaced = kind_of(fence.info) in _REPLACED
        counts = counts or is_replaced
        opening = _opening_inside(fence) if counts else None
        is_typed = is_replaced and not fence.body.strip() and fence.end >= len(lines)
        if opening is not None:
            yield _holds_another(fence, opening, lines)
        elif counts and not _is_closed(fence) and not is_typed:
            hint = f"write {fence.marker} below its last line"
            yield _diagnostic(fence, "this fence is not closed", hint, lines)


def _is_closed(fence: Fence) -> bool:
    rows = fence.body.count("\n") + (not f"\n{fence.body}".endswith("\n"))
    return fence.end - fence.line == rows + 1


def _opening_inside(fence: Fence) -> int | None:
    """Return the first line of a body that would open a fence, were this one closed above it.

    What `sync` writes into a body has none: it makes the marker longer than all that is inside.
    """
    for number, row in enumerate(fence.body.split("\n"), fence.first):
        found = _OPENING.match(row)
        if found and found[1].startswith(fence.marker):
            return number
    return None


def _holds_another(fence: Fence, opening: int, lines: Lines) -> Diagnostic:
    message = f"this fence is not closed above line {opening}, which begins another one"
    hint = f"close it with {fence.marker}"
    longer = fence.marker + fence.marker[0]
    return _diagnostic(
        fence, message, f"{hint}; if that line belongs to it, begin and end it with {longer}", lines
    )


def _diagnostic(fence: Fence, message: str, hint: str, lines: Lines) -> Diagnostic:
    opening = lines[fence.line]
    start = lines.start(fence.line) + opening.index(fence.marker)
    end = lines.start(fence.line) + len(opening.rstrip())
    return lines.diagnostic("unclosed-fence", message, lines.span(start, end), hint)
