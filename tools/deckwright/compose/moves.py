"""Which lines of code are the same in two of its versions, and so move from one to the other."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from difflib import SequenceMatcher
from itertools import count

from deckwright.compose.blank import blank_text, columns

TRANSITION = "<!-- _transition: fade 0.7s -->"
"""Lets Marp show how a slide becomes the next one, in browsers that can."""


def moving_code(versions: Sequence[str], number: int, fence: int) -> tuple[str, str]:
    """Return an attribute that says which lines of a version stay, and its code with room for the largest.

    `fence` is the line of their fence in the deck.
    """
    codes = [version.split("\n") for version in versions]
    lines = ",".join(map(str, numbered_lines(codes)[number]))
    return f' moves="{fence}:{lines}"', _with_room(codes[number], codes)


def _with_room(code: Sequence[str], codes: Sequence[Sequence[str]]) -> str:
    """Return code with as many lines as the longest one, and one as wide as the widest, by blanks."""
    *rows, last = [*code, *[""] * (max(map(len, codes)) - len(code))]
    widest = blank_text(max((row for each in codes for row in each), key=columns))
    is_widest = max(map(columns, code)) == columns(widest)
    return "\n".join([*rows, last if is_widest else last + widest[len(last) :]])


def numbered_lines(versions: Sequence[Sequence[str]]) -> list[list[int]]:
    """Return a number for each line of each version: a line that stays keeps its number."""
    numbers = count()
    rows: Sequence[str] = ()
    known: list[int] = []
    numbered: list[list[int]] = []
    for version in versions:
        same = _same_lines(rows, version)
        rows, known = (
            version,
            [known[same[at]] if at in same else next(numbers) for at in range(len(version))],
        )
        numbered.append(known)
    return numbered


def _same_lines(before: Sequence[str], after: Sequence[str]) -> dict[int, int]:
    """Return the same lines, by place after: those in the same order, then others, then whatever indent."""
    blocks = SequenceMatcher(None, before, after, autojunk=False).get_matching_blocks()
    same = {block.b + at: block.a + at for block in blocks for at in range(block.size)}
    for form in (str, str.strip):
        same |= _others(before, after, same, form)
    return same


def _others(
    before: Sequence[str], after: Sequence[str], same: dict[int, int], form: Callable[[str], str]
) -> dict[int, int]:
    """Return more lines that are the same in some form, wherever they stand."""
    used, found = set(same.values()), dict[int, int]()
    for place, row in enumerate(after):
        left = (at for at, each in enumerate(before) if at not in used and form(each) == form(row))
        if place not in same and row.strip() and (at := next(left, None)) is not None:
            used.add(at)
            found[place] = at
    return found
