"""The references that show results, for checks of what a run gave."""

from __future__ import annotations

from collections.abc import Iterator

from deckwright.model import Course, CutFigure, Evidence, Kind, MissingGlyphs, Reference, Result
from deckwright.text.fences import output_range
from deckwright.text.lines import Lines


def results_shown(evidence: Evidence) -> Iterator[tuple[Lines, Reference, Result]]:
    """Yield each reference whose job has a result, with the lines of its deck."""
    for deck in evidence.course.decks:
        lines = Lines(deck.path, deck.text)
        for reference in deck.references:
            if result := evidence.results.get(evidence.course.job_of(reference)):
                yield lines, reference, result


def shows_figure(course: Course, reference: Reference, figure: CutFigure | MissingGlyphs) -> bool:
    """Whether a reference shows a figure: as a picture by its name, or among what statements display."""
    path = reference.target.path
    if reference.kind is Kind.FIGURE:
        return figure.artifact == str(course.figures[path].figure)
    if reference.kind is not Kind.OUTPUT or figure.statement is None:
        return False
    start, end = output_range(reference, course.scripts[path])
    return start <= figure.statement < end
