"""Steps as slides (decision 3): the slides built of each slide of the source."""

from __future__ import annotations

from collections.abc import Sequence

from deckwright.model import Deck, Reference, Slide


def steps_of(references: Sequence[Reference]) -> int:
    """Return the number of slides built of one that has these references."""
    return max([1, *(len(reference.display.highlight) for reference in references)])


def built_slides(deck: Deck) -> tuple[Slide, ...]:
    """Return the source slide of each built slide, in order."""
    return tuple(
        slide
        for slide in deck.slides
        for _ in range(steps_of([r for r in deck.references if slide.start <= r.start < slide.end]))
    )
