"""The diagrams of a deck, with the texts of the files that they quote."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from deckwright.compose.openings import openings
from deckwright.model import Course, Deck, Diagram, DiagramSource, ExpandedDeck, Kind
from deckwright.text.diagrams import title_of
from deckwright.text.fences import shown_code


def diagrams_of(deck: Deck, course: Course) -> Iterator[Diagram]:
    """Yield the diagrams of a deck; those that quote a file have its text."""
    quotes = {each.location.line: each for each in deck.references if each.kind is Kind.CODE}
    for diagram in deck.diagrams:
        quote = quotes.get(diagram.fence.line)
        script = course.scripts.get(quote.target.path) if quote else None
        if quote and script:
            text, language = shown_code(quote, script), diagram.source.language
            alt = diagram.fence.info.display.alt or title_of(language, text)
            yield Diagram(diagram.fence, DiagramSource(language, text, alt, quote.target.path))
        else:
            yield diagram


def placed_diagrams(deck: Deck, course: Course, expanded: ExpandedDeck) -> Mapping[int, DiagramSource]:
    """Return what is drawn in an expanded deck, by the line in which its fence opens.

    By place, as a script may print a fence that looks the same.
    """
    diagrams = {diagram.fence.line: diagram for diagram in diagrams_of(deck, course)}
    if not diagrams:
        return {}
    markers = {line: diagram.fence.marker for line, diagram in diagrams.items()}
    return {number: diagrams[line].source for number, line in openings(expanded, markers)}
