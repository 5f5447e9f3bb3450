"""Which lines of code are the same in two of its versions, and so move from one to the other."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from difflib import SequenceMatcher
from itertools import count

TRANSITION = "<!-- _transition: fade 0.7s -->"
"""Lets Marp show how a slide becomes the next one, in browsers that can."""


def moving_code(versions: Sequence[str], number: int, fence: int) -> tuple[str, str]:
    """Return an attribute that says which lines of a version stay, and its code with room for the longest.

    `fence` is the line of their fence in the deck.
    """
    codes = [version.split("\n") for version in versions]
    lines = ",".join(map(str, numbered_lines(codes)[number]))
    room = "\n" * (max(map(len, codes)) - len(codes[number]))
    return f' moves="{fence}:{lines}"', versions[number] + room


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
