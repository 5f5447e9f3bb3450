"""Every picture needs a text alternative, for readers who cannot see it."""

from __future__ import annotations

from collections.abc import Iterator

from deckwright.model import Diagnostic, Evidence
from deckwright.text.lines import Lines

_HINT = "describe it between the brackets; 'deckwright adopt' proposes a text"


def check(evidence: Evidence) -> Iterator[Diagnostic]:
    """Yield each picture without a text alternative; backgrounds are decoration."""
    for deck in evidence.course.decks:
        lines = Lines(deck.path, deck.text)
        for picture in deck.pictures:
            # The browser checks each <img>, if raw HTML reaches the page at all.
            if picture.alt_at is not None and not picture.html:
                place = lines.span(picture.start, picture.end)
                yield lines.diagnostic("missing-alt", "this picture has no text alternative", place, _HINT)
