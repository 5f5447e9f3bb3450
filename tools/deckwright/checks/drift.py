"""Every accepted picture in figures/ must look like the one that its script draws now."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from deckwright.model import Cause, Diagnostic, Evidence, Kind
from deckwright.text.lines import Lines

VISIBLE = 0.00001
"""Share of pixels that may differ because rounding moves an edge; a changed digit in a label is more."""


def check(evidence: Evidence) -> Iterator[Diagnostic]:
    """Yield each reference to a figure whose accepted picture differs visibly from the fresh one."""
    for deck in evidence.course.decks:
        lines = Lines(deck.path, deck.text)
        for reference in deck.references:
            compared = evidence.compared.get(reference.target.path)
            if reference.kind is Kind.FIGURE and compared and compared.share > VISIBLE:
                diagram = evidence.course.diagrams.get(reference.target.path)
                source = f"{diagram.path} shows" if diagram else "its script draws"
                problem = f"it is not what {source}: {compared.message}"
                message = f"{reference.target.path} is not what {source}: {compared.message}"
                hint = "look at both; 'deckwright sync' accepts the fresh one"
                cause = Cause(reference.target.path, problem)
                found = lines.diagnostic(
                    "drifted", message, reference.location, hint, slide=reference.slide, cause=cause
                )
                yield replace(found, picture=compared.picture)
