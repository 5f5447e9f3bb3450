"""Deck + results -> `ExpandedDeck`: every reference replaced by its content, all else byte for byte."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from deckwright.compose.composer import Composer
from deckwright.compose.states import compose_states
from deckwright.model import Course, Deck, ExpandedDeck, Result

NOTHING: Mapping[str, str] = {}


def compose(
    deck: Deck,
    course: Course,
    results: Mapping[str, Result],
    missing: Mapping[str, str] = NOTHING,
    undrawn: Mapping[str, str] = NOTHING,
) -> ExpandedDeck:
    """Put code, outputs and values into a deck; without a result of its job, a reference keeps its text.

    `missing` gives the reason for each job without a result, and `undrawn` for each picture of a diagram
    that could not be drawn.
    """
    expanded = Composer(deck, course, results, missing, undrawn).expanded()
    if not course.controls.get(deck.path):
        return expanded
    states, controlled = compose_states(deck, course, results, missing, undrawn)
    return replace(
        expanded,
        states=states,
        controlled=controlled,
        diagnostics=tuple(dict.fromkeys((*expanded.diagnostics, *states.diagnostics))),
    )
