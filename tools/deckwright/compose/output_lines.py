"""Where an expanded deck shows what scripts printed and raised."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from deckwright.model import Deck, ExpandedDeck, Kind


def output_lines(deck: Deck, expanded: ExpandedDeck) -> Iterator[tuple[int, int]]:
    """Yield first and last line of each place where an expanded deck has an output."""
    outputs = {each.location.line for each in deck.references if each.kind is Kind.OUTPUT}
    number = 1
    for line, copies in groupby(expanded.lines):
        last = number + sum(1 for _ in copies) - 1
        if line in outputs:  # all lines that are put in for a fence come from the line in which it opens
            yield number, last
        number = last + 1
