"""Where fences of a deck open in its expanded deck."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby

from deckwright.model import ExpandedDeck
from deckwright.text.lines import NEWLINE


def openings(expanded: ExpandedDeck, markers: Mapping[int, str]) -> Iterator[tuple[int, int]]:
    """Yield each line of an expanded deck in which a fence opens, and the line of the deck where it does.

    `markers` are those of the fences, by line of the deck. By place, as a script may print a fence that
    looks the same.
    """
    rows = enumerate(zip(expanded.lines, NEWLINE.split(expanded.text), strict=False), 1)
    for line, copies in groupby(rows, lambda row: row[1][0]):
        if line in markers:
            texts = ((number, text) for number, (_, text) in copies)
            yield from ((number, line) for number in _openings_in(texts, markers[line][:3]))


def _openings_in(rows: Iterable[tuple[int, str]], marker: str) -> Iterator[int]:
    """Yield the numbers of the rows that open a fence: one for each step of a slide that begins with it.

    Between them are its body, which cannot close it, and rulers that steps put in.
    """
    closing = ""
    for number, text in rows:
        if closing:
            closing = "" if text.lstrip(" >\t") == closing else closing
        elif marker in text:
            yield number
            fence = text[text.index(marker) :]
            closing = fence[: len(fence) - len(fence.lstrip(marker[0]))]
