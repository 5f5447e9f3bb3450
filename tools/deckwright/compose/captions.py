"""The code of a deck that has a caption: what it shows of a script, but for diagrams."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping

from deckwright.compose.openings import openings
from deckwright.model import Caption, Course, Deck, ExpandedDeck, Kind, Reference
from deckwright.text.fences import versions_at


def placed_captions(
    deck: Deck, course: Course, expanded: ExpandedDeck, caption_of: Callable[[str], Caption]
) -> Mapping[int, Caption]:
    """Return captions by the line of the expanded deck in which the fence opens.

    `caption_of` returns that of the file at a path.
    """
    diagrams = {diagram.fence.line for diagram in deck.diagrams}
    plain = (each for each in deck.references if each.location.line not in diagrams)
    captioned = {each.location.line: each for each in plain if _has_caption(each, course)}
    opened = openings(expanded, {line: each.fence for line, each in captioned.items()})
    steps: Counter[int] = Counter()
    captions: dict[int, Caption] = {}
    for number, line in opened:
        captions[number] = caption_of(_path_at(deck, captioned[line], steps[line]))
        steps[line] += 1
    return captions


def _path_at(deck: Deck, reference: Reference, step: int) -> str:
    """Return the path of the file whose code a reference shows at a step."""
    on_slide = [each for each in deck.references if each.slide == reference.slide]
    return versions_at(on_slide, step)[on_slide.index(reference)].target.path


def _has_caption(reference: Reference, course: Course) -> bool:
    is_quote = reference.kind is Kind.CODE and reference.target.path in course.scripts
    return is_quote and not reference.display.no_caption
