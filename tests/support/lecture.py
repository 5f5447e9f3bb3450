"""A lecture for a test of formats: a deck that shows no scripts."""

from __future__ import annotations

from deckwright.formats import Lecture
from deckwright.model import Course, ExpandedDeck
from deckwright.parse import parse_deck


def lecture_of(path: str, text: str) -> Lecture:
    """Return the lecture of a deck."""
    deck = parse_deck(path, text)
    expanded = ExpandedDeck(path, text, tuple(range(1, text.count("\n") + 2)))
    return Lecture(deck, expanded, Course((deck,), {}, {}, {}), {}, {})
