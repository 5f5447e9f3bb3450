"""Every slide must be legible, as the browser measures it; a diagnostic names the line of the deck."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from deckwright.model import (
    BuiltDeck,
    Cause,
    Diagnostic,
    Evidence,
    ExpandedDeck,
    Location,
    Slide,
    SlideDiagnostic,
    SlideMeasurements,
    SlideSlug,
)
from deckwright.text.fences import built_slides
from deckwright.text.lines import Lines

TOLERATED_PIXELS = 1.0
"""Differences that are due to rounding in browsers."""

HINTS = {
    SlideSlug.OVERFLOW: "split it into two slides, or shorten an output with max-lines=8",
    SlideSlug.CLIPPED: "make the text shorter or its box larger",
    SlideSlug.TOO_WIDE: "break it into lines, or make it smaller",
    SlideSlug.COVERED: "move it, or show less",
    SlideSlug.TOO_SMALL: "show it larger, or draw it with larger text",
    SlideSlug.LOW_CONTRAST: "choose colours of text and background with more contrast",
    SlideSlug.INACCESSIBLE: "describe it in words for readers who cannot see it",
}


_TO_FIT = {
    "the picture": "show it smaller: ![w:800 …](…), or '#| fig-width: 6' in the cell that displays it",
    "the drawing": "draw it smaller, or split it in two",
    "the list": "split it into two slides",
    "the paragraph": "split it into two slides",
    "the code": "split it into two slides, or show less of it with lines=1-8",
}
"""What helps where one of these does not fit on its slide, by how the browser names it."""


def check(evidence: Evidence) -> Iterator[Diagnostic]:
    """Yield what was measured on the slides of all decks."""
    for built in evidence.built:
        if measured := evidence.measured.get(built.deck.path):
            yield from slide_diagnostics(built, measured)


def slide_diagnostics(built: BuiltDeck, measured: SlideMeasurements) -> Iterator[Diagnostic]:
    """Yield each diagnostic once for all steps of a slide."""
    deck, slides = built.deck, built_slides(built.deck)
    lines = Lines(deck.path, deck.text)
    unique: dict[tuple[Location, SlideSlug, str], Diagnostic] = {}
    for measurement in measured.diagnostics:
        if 0 < abs(measurement.pixels) <= TOLERATED_PIXELS:
            continue
        slide = slides[min(measurement.slide, len(slides)) - 1]
        picture = measured.pictures.get(measurement.slide, "")
        diagnostic = _diagnostic(lines, built.expanded, slide, measurement, picture)
        unique.setdefault((diagnostic.location, measurement.kind, measurement.text), diagnostic)
    yield from unique.values()


def _diagnostic(
    lines: Lines, expanded: ExpandedDeck, slide: Slide, measurement: SlideDiagnostic, picture: str
) -> Diagnostic:
    line, kind = measurement.line, measurement.kind
    place = lines.written(expanded.lines[line - 1] if 0 < line <= len(expanded.lines) else slide.line)
    message = f"{slide.name}: {measurement.message}"
    subject = "" if line else measurement.text
    diagnostic = lines.diagnostic(kind, message, place, _hint(measurement), subject=subject)
    return replace(
        diagnostic, slide=slide.number, picture=picture, cause=measurement.cause or _cause(measurement)
    )


def _cause(measurement: SlideDiagnostic) -> Cause | None:
    """Return what a slide shares with others: text without a line is in the header or the footer."""
    shared = measurement.text and not measurement.line
    return Cause(f'"{measurement.text}" (header or footer)', measurement.message) if shared else None


def _hint(measurement: SlideDiagnostic) -> str:
    named = (hint for name, hint in _TO_FIT.items() if measurement.message.startswith(name))
    general = HINTS[measurement.kind]
    return next(named, general) if measurement.kind is SlideSlug.OVERFLOW else general
