"""Python on a slide that nothing ever runs."""

from __future__ import annotations

from collections.abc import Iterator

from deckwright.model import Diagnostic, Evidence, Kind
from deckwright.text.lines import Lines

_HINT = 'let it run (`python exec`), name a file (`python file=…`), or say why not: no-exec="reason"'


def check(evidence: Evidence) -> Iterator[Diagnostic]:
    """Yield each Python fence that is neither run nor excused."""
    for deck in evidence.course.decks:
        lines = Lines(deck.path, deck.text)
        for reference in deck.references:
            if reference.kind is Kind.UNVERIFIED and not reference.display.no_exec:
                message = "nothing proves that this code runs"
                yield lines.diagnostic("unverified-code", message, reference.location, _HINT)
