"""Which fences of a deck matter to its program: Python, and what may be shown output."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum

from deckwright.model import Deck, Fence, Location
from deckwright.parse.info_string import PYTHON
from deckwright.text.lines import Lines

_PLAIN = frozenset({"", "text", "txt", "plain", "plaintext", "console", "output", "out", "stdout"})
_OURS = frozenset({"file", "output", "exec"})


class Verdict(StrEnum):
    """What becomes of a Python fence."""

    RUNS = "runs"
    TEACHES = "teaches"
    """It runs, and raises what it teaches."""
    FAILS = "fails"
    """It would be part of the program, but does not run."""
    APART = "apart"
    """It is no program: a session, a fragment, pseudo-code."""


def python_fences(deck: Deck) -> tuple[Fence, ...]:
    """Return the fences that are, or could be, part of the program, in order."""
    return tuple(fence for fence in deck.fences if is_python(fence) and fence.code.strip())


def other_fences(deck: Deck) -> Iterator[Fence]:
    """Yield those that are neither Python nor ours."""
    return (f for f in deck.fences if not is_python(f) and not _OURS & f.info.attributes.keys())


def marked_outputs(deck: Deck) -> tuple[Fence, ...]:
    """Return the fences of an adopted deck that show what a fence above them printed, in order."""
    return tuple(fence for fence in deck.fences if _shows_above(fence))


def is_python(fence: Fence) -> bool:
    """Whether it is marked as Python, and not as somebody else's (`file=`)."""
    return fence.info.language.lower() in PYTHON and "file" not in fence.info.attributes


def is_marked(fence: Fence) -> bool:
    """Whether its author has marked it as one that runs."""
    return fence.info.language in PYTHON and "exec" in fence.info.attributes


def excuse(fence: Fence) -> str:
    """Return why it is not run, as its author says."""
    return fence.info.display.no_exec


def place_in(fence: Fence, lines: Lines, line: int, column: int, length: int = 1) -> Location:
    """Return where line and column of a body (both from 1) stand in the deck."""
    number = fence.line + line
    body = fence.body.split("\n")[line - 1 : line]
    indent = len(lines[number]) - len(body[0]) if body and lines[number].endswith(body[0]) else 0
    return lines.location(number, indent + column, length)


def output_of(deck: Deck, code: Fence) -> tuple[Fence, str] | None:
    """Return the fence right below some code that may show its output, and the label between them."""
    following = next((fence for fence in deck.fences if fence.line > code.end), None)
    if following is None or not _may_be_output(following) or following.slide != code.slide:
        return None
    lines = Lines(deck.path, deck.text)
    between = [row for n in range(code.end + 1, following.line) if (row := _shown(lines[n]))]
    if len(between) > 1 or any(len(row) > _LONGEST_LABEL for row in between):
        return None
    return following, "".join(between)


_LONGEST_LABEL = 40


def _shown(row: str) -> str:
    """Return a line without tags and markup."""
    return re.sub(r"<[^>]*>", "", row).strip(" \t>*_#:：-")


def is_output_label(label: str) -> bool:
    return bool(_LABEL.match(label))


_LABEL = re.compile(
    r"(输出|运行结果|结果|打印|out\s*\[\s*\d*\s*\]|outputs?\b|results?\b|prints?\b|stdout\b)", re.IGNORECASE
)


def _may_be_output(fence: Fence) -> bool:
    language, attributes = fence.info.language, fence.info.attributes.keys()
    return language.lower() in _PLAIN and bool(language or not fence.info_text) and not _OURS & attributes


def _shows_above(fence: Fence) -> bool:
    """Whether its author has marked it as the output of the fence above that runs."""
    found = fence.info.attributes.get("output")
    return found is not None and found.value is None
