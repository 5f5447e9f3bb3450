"""Every picture and diagram needs a text alternative, for readers who cannot see it."""

from __future__ import annotations

from collections.abc import Iterator

from deckwright.compose.description import figure_alt, undescribed
from deckwright.compose.diagrams import diagrams_of
from deckwright.model import Course, Deck, Diagnostic, Evidence, Kind, Picture
from deckwright.text.lines import Lines

_DIAGRAM_HINT = 'write alt="…" behind the language, or (Mermaid) a line "accTitle: …" in the diagram'
_HINT = "describe it between the brackets; 'deckwright adopt' proposes a text"
_CELL_HINT = "describe it between the brackets, or with '#| fig-alt: …' in the cell that draws it"


def check(evidence: Evidence) -> Iterator[Diagnostic]:
    """Yield each picture and diagram without a text alternative; backgrounds are decoration."""
    for deck in evidence.course.decks:
        lines = Lines(deck.path, deck.text)
        figures = dict(_figures(evidence.course, deck))
        for picture in deck.pictures:
            # The browser checks each <img>, if raw HTML reaches the page at all.
            if picture.alt_at is not None and not picture.html and not figures.get(picture):
                hint = _CELL_HINT if picture in figures else _HINT
                place = lines.span(picture.start, picture.end)
                yield lines.diagnostic("missing-alt", "this picture has no text alternative", place, hint)
        for diagram in diagrams_of(deck, evidence.course):
            if not diagram.source.alt:
                start = diagram.fence.info_start
                place = lines.span(start, start + len(diagram.fence.info.language))
                message = "this diagram has no text alternative"
                yield lines.diagnostic("missing-alt", message, place, _DIAGRAM_HINT)


def _figures(course: Course, deck: Deck) -> Iterator[tuple[Picture, str]]:
    """Yield each picture that the deck does not describe and a cell draws, with the cell's `fig-alt`."""
    for reference in deck.references:
        source = course.figures.get(reference.target.path) if reference.kind is Kind.FIGURE else None
        picture = undescribed(deck, reference) if source else None
        if picture and source and course.jobs[source.job].cells:
            yield picture, figure_alt(course, reference)
