"""The code of a deck that has a caption: what it shows of a script, but for diagrams."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from deckwright.compose.openings import openings
from deckwright.model import Caption, Course, Deck, ExpandedDeck, Kind, Reference


def placed_captions(
    deck: Deck, course: Course, expanded: ExpandedDeck, caption_of: Callable[[str], Caption]
) -> Mapping[int, Caption]:
    """Return captions by the line of the expanded deck in which the fence opens.

    `caption_of` returns that of the file at a path.
    """
    diagrams = {diagram.fence.line for diagram in deck.diagrams}
    captioned = (each for each in deck.references if each.location.line not in diagrams)
    paths = {each.location.line: each.target.path for each in captioned if _has_caption(each, course)}
    markers = {each.location.line: each.fence for each in deck.references if each.location.line in paths}
    return {number: caption_of(paths[line]) for number, line in openings(expanded, markers)}


def _has_caption(reference: Reference, course: Course) -> bool:
    is_quote = reference.kind is Kind.CODE and reference.target.path in course.scripts
    return is_quote and not reference.display.no_caption
