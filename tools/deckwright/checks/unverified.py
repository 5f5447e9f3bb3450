"""Python code on a slide must run."""

from __future__ import annotations

from collections.abc import Iterator

from deckwright.model import Diagnostic, Evidence, Kind
from deckwright.text.lines import Lines

_HINT = 'run it (`python exec`), show a file (`python file=…`), or give a reason: no-exec="reason"'


def check(evidence: Evidence) -> Iterator[Diagnostic]:
    """Yield a diagnostic for each Python fence that neither runs nor gives a reason."""
    for deck in evidence.course.decks:
        lines = Lines(deck.path, deck.text)
        for reference in deck.references:
            if reference.kind is Kind.UNVERIFIED:
                yield lines.diagnostic("unverified-code", "this code never runs", reference.location, _HINT)
