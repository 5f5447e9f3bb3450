"""The fences of a deck that matter to its program: Python, and marked outputs."""

from __future__ import annotations

from enum import StrEnum

from deckwright.model import Deck, Fence, Location
from deckwright.parse.info_string import PYTHON, SOURCES
from deckwright.text.lines import Lines

_PLAIN = frozenset(
    {"text", "txt", "plain", "plaintext", "console", "terminal", "output", "out", "stdout", "stderr"}
    | {"pytb", "python-traceback", "pycon"}
)
"""Languages of fences that show what code printed, or how it failed."""


class Verdict(StrEnum):
    """What becomes of a Python fence."""

    RUNS = "runs"
    TEACHES = "teaches"
    """It runs, and raises an error on purpose."""
    FAILS = "fails"
    """It should be part of the program, but does not run."""
    APART = "apart"
    """It is not a program: a session, a fragment, pseudo-code."""


def marked_outputs(deck: Deck) -> tuple[Fence, ...]:
    """Return the fences that are marked as the output of a fence above, in order."""
    return tuple(filter(is_output, deck.fences))


def is_output(fence: Fence) -> bool:
    """Whether a fence is marked as the output of a fence above."""
    mark = fence.info.attributes.get("output")
    return mark is not None and mark.value is None


def is_python(fence: Fence) -> bool:
    """Whether a fence is Python, and not taken from a file."""
    return fence.info.language.lower() in PYTHON and "file" not in fence.info.attributes


def is_marked(fence: Fence) -> bool:
    """Whether a fence is marked as one that runs."""
    return fence.info.language in PYTHON and "exec" in fence.info.attributes


def place_in(fence: Fence, lines: Lines, line: int, column: int, length: int = 1) -> Location:
    """Return the location in the deck of a line and column of a fence's body (both from 1)."""
    number = fence.line + line
    body = fence.body.split("\n")[line - 1 : line]
    indent = len(lines[number]) - len(body[0]) if body and lines[number].endswith(body[0]) else 0
    return lines.location(number, indent + column, length)


def is_plain_text(fence: Fence) -> bool:
    """Whether a fence may show the output of some code: it is no code itself, and no reference."""
    language = fence.info.language
    is_plain = language.lower() in _PLAIN if language else not fence.info_text
    return is_plain and not fence.info.attributes.keys() & SOURCES
