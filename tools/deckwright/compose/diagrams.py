"""The diagrams of a deck, with the texts of the files that they quote."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby

from deckwright.model import Course, Deck, Diagram, DiagramSource, ExpandedDeck, Kind
from deckwright.text.diagrams import title_of
from deckwright.text.fences import shown_code
from deckwright.text.lines import NEWLINE


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
    rows = enumerate(zip(expanded.lines, NEWLINE.split(expanded.text), strict=False), 1)
    openings: dict[int, DiagramSource] = {}
    for line, copies in groupby(rows, lambda row: row[1][0]):
        if diagram := diagrams.get(line):
            # Rulers that steps put in, and the body of a file, come from this line, too.
            marker = diagram.fence.marker[:3]
            number = next((number for number, (_, text) in copies if marker in text), None)
            if number is not None:
                openings[number] = diagram.source
    return openings
