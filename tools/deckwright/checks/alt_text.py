"""Every picture says in words what it shows: who cannot see it hears that."""

from __future__ import annotations

from collections.abc import Iterator

from deckwright.model import Diagnostic, Evidence
from deckwright.text.lines import Lines

_HINT = "say between the brackets what it shows, or adopt what 'deckwright adopt' proposes"


def check(evidence: Evidence) -> Iterator[Diagnostic]:
    """Yield each picture without a text alternative; backgrounds are decoration."""
    for deck in evidence.course.decks:
        lines = Lines(deck.path, deck.text)
        for picture in deck.pictures:
            # Of an <img> the browser tells, where raw HTML reaches the page at all.
            if picture.alt_at is not None and not picture.html:
                place = lines.span(picture.start, picture.end)
                message = "nothing says in words what this picture shows"
                yield lines.diagnostic("missing-alt", message, place, _HINT)
