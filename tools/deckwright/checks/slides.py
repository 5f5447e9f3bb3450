"""What readers would stumble over on a slide, as the browser measured it, at the line that makes it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from deckwright.model import (
    Deck,
    Diagnostic,
    Evidence,
    ExpandedDeck,
    Location,
    Slide,
    SlideDiagnostic,
    SlideSlug,
)
from deckwright.text.lines import Lines
from deckwright.text.steps import built_slides

TOLERATED_PIXELS = 1.0
"""Browsers round: what is off by this much is not off."""

HINTS = {
    SlideSlug.OVERFLOW: "make two slides of it, or show less of an output with max-lines=8",
    SlideSlug.CLIPPED: "make the text shorter or its box larger",
    SlideSlug.TOO_WIDE: "break it into lines, or make it smaller",
    SlideSlug.COVERED: "move it, or show less",
    SlideSlug.TOO_SMALL: "show it larger, or draw it with larger text",
    SlideSlug.LOW_CONTRAST: "choose a text and a ground that are further apart",
    SlideSlug.INACCESSIBLE: "say in words what a reader who cannot see it needs",
}


def check(evidence: Evidence) -> Iterator[Diagnostic]:
    """Yield every flaw, once for all steps of a slide, and for all slides with one header or footer."""
    for deck, expanded in zip(evidence.course.decks, evidence.expanded, strict=True):
        measured = evidence.measured.get(deck.path)
        if measured is None:
            continue
        slides = built_slides(deck)
        told = set()
        for flaw in measured.diagnostics:
            if abs(flaw.pixels) <= TOLERATED_PIXELS and flaw.pixels:
                continue
            slide = slides[min(flaw.slide, len(slides)) - 1]
            place = _place(Lines(deck.path, deck.text), expanded, slide, flaw)
            # What has no line, but a text, is the header or the footer.
            repeated = (place if flaw.line or not flaw.text else None, flaw.kind, flaw.text)
            if repeated not in told:
                told.add(repeated)
                yield _diagnostic(deck, place, slide, flaw, measured.pictures.get(flaw.slide, ""))


def _diagnostic(deck: Deck, place: Location, slide: Slide, flaw: SlideDiagnostic, picture: str) -> Diagnostic:
    lines = Lines(deck.path, deck.text)
    message = f"{slide.name}: {flaw.message}"
    subject = "" if flaw.line else flaw.text
    wrong = lines.diagnostic(flaw.kind, message, place, HINTS[flaw.kind], subject=subject)
    return replace(wrong, slide=slide.number, picture=picture)


def _place(lines: Lines, expanded: ExpandedDeck, slide: Slide, flaw: SlideDiagnostic) -> Location:
    line = expanded.lines[flaw.line - 1] if 0 < flaw.line <= len(expanded.lines) else slide.line
    return lines.written(line)
