"""The references that show results, for checks of what a run gave."""

from __future__ import annotations

from collections.abc import Iterator

from deckwright.model import Evidence, Reference, Result
from deckwright.text.lines import Lines


def results_shown(evidence: Evidence) -> Iterator[tuple[Lines, Reference, Result]]:
    """Yield each reference whose job has a result, with the lines of its deck."""
    for deck in evidence.course.decks:
        lines = Lines(deck.path, deck.text)
        for reference in deck.references:
            if result := evidence.results.get(evidence.course.job_of(reference)):
                yield lines, reference, result
