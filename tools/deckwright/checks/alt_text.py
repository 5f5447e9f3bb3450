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
_BRACKETS_HINT = "describe it between the brackets"
_TITLE_HINT = "describe it between the brackets, or with a line 'accTitle: …' in {}"


def check(evidence: Evidence) -> Iterator[Diagnostic]:
    """Yield each picture and diagram without a text alternative; backgrounds are decoration."""
    for deck in evidence.course.decks:
        lines = Lines(deck.path, deck.text)
        hints = dict(_undescribed(evidence.course, deck))
        for picture in deck.pictures:
            # The browser checks each <img>, if raw HTML reaches the page at all.
            if picture.alt_at is not None and not picture.html and hints.get(picture, _HINT):
                hint = hints.get(picture, _HINT)
                place = lines.span(picture.start, picture.end)
                yield lines.diagnostic("missing-alt", "this picture has no text alternative", place, hint)
        for diagram in diagrams_of(deck, evidence.course):
            if not diagram.source.alt:
                start = diagram.fence.info_start
                place = lines.span(start, start + len(diagram.fence.info.language))
                message = "this diagram has no text alternative"
                yield lines.diagnostic("missing-alt", message, place, _DIAGRAM_HINT)


def _undescribed(course: Course, deck: Deck) -> Iterator[tuple[Picture, str]]:
    """Yield each picture that the deck does not describe and a cell or a diagram draws, with a hint.

    The hint is empty where that describes the picture.
    """
    for reference in deck.references:
        picture = undescribed(deck, reference) if reference.kind is Kind.FIGURE else None
        source = course.figures.get(reference.target.path)
        if picture and figure_alt(course, reference):
            yield picture, ""
        elif picture and (diagram := course.diagrams.get(reference.target.path)):
            yield (
                picture,
                (_TITLE_HINT if diagram.language == "mermaid" else _BRACKETS_HINT).format(diagram.path),
            )
        elif picture and source and course.jobs[source.job].cells:
            yield picture, _CELL_HINT
