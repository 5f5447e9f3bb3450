"""Every slide must be legible, as the browser measures it; a diagnostic names the line of the deck."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from deckwright.checks.pale_rules import PaleRules, pale_rules
from deckwright.checks.slide_hints import hint_for
from deckwright.model import (
    BuiltDeck,
    Cause,
    Diagnostic,
    Evidence,
    Location,
    Slide,
    SlideDiagnostic,
    SlideMeasurements,
    SlideSlug,
)
from deckwright.text.fences import built_slides
from deckwright.text.lines import Lines

TOLERATED_PIXELS = 2.0
"""Less than this nobody sees, and browsers round."""

MISFITS = frozenset({SlideSlug.OVERFLOW, SlideSlug.CLIPPED, SlideSlug.TOO_WIDE, SlideSlug.COVERED})
"""What is wrong where a slide has too little room."""

_ROOM_OF_NOTE = 48.0
"""How many pixels the note below an accepted result takes, a line of an output."""


def check(evidence: Evidence) -> Iterator[Diagnostic]:
    """Yield what was measured on the slides of all decks."""
    measured = [(built, evidence.measured.get(built.deck.path)) for built in evidence.built]
    known = [(built, found) for built, found in measured if found]
    rules = pale_rules((built.deck, found.diagnostics) for built, found in known)
    for built, found in known:
        yield from slide_diagnostics(built, found, rules)


def slide_diagnostics(
    built: BuiltDeck, measured: SlideMeasurements, rules: PaleRules | None = None
) -> Iterator[Diagnostic]:
    """Yield each diagnostic once for all steps of a slide; none is a consequence of a missing result."""
    slides, places = built_slides(built.deck), _Places(built)
    unique: dict[tuple[Location, SlideSlug, str, str], Diagnostic] = {}
    for measurement in measured.diagnostics:
        if 0 < abs(measurement.pixels) <= TOLERATED_PIXELS:
            continue
        slide = slides[min(measurement.slide, len(slides)) - 1]
        if places.is_follow_up(measurement, slide):
            continue
        picture = measured.pictures.get(measurement.slide, "")
        diagnostic = replace(places.diagnostic(measurement, slide), picture=picture)
        if cause := (rules or PaleRules()).cause(built.deck, measurement):
            diagnostic = replace(diagnostic, cause=cause, hint=cause.fix or diagnostic.hint)
        selector = measurement.rule.selector if measurement.rule else ""
        unique.setdefault((diagnostic.location, measurement.kind, measurement.text, selector), diagnostic)
    yield from unique.values()


class _Places:
    """Where things of an expanded deck come from."""

    def __init__(self, built: BuiltDeck) -> None:
        self._lines = Lines(built.deck.path, built.deck.text)
        self._expanded = built.expanded
        self._references = {each.location.line: each for each in built.deck.references}

    def diagnostic(self, measurement: SlideDiagnostic, slide: Slide) -> Diagnostic:
        line = self._line(measurement) or slide.line
        return self._lines.diagnostic(
            measurement.kind,
            f"{slide.name}: {measurement.message}",
            self._lines.written(line),
            hint_for(measurement, self._references.get(line)),
            subject="" if measurement.line else measurement.text,
            slide=slide.number,
            cause=_cause(measurement),
        )

    def is_follow_up(self, measurement: SlideDiagnostic, slide: Slide) -> bool:
        """Whether it may come of an error or a note that stands in for a result: that has a diagnostic."""
        if measurement.kind in MISFITS:
            replaced = any(each.slide == slide.number for each in self._expanded.replaced)
            noted = any(each.slide == slide.number for each in self._expanded.accepted)
            return replaced or (noted and measurement.pixels <= _ROOM_OF_NOTE)
        line = self._line(measurement)
        own = (*self._expanded.replaced, *self._expanded.accepted)
        return any(each.location.line == line for each in own)

    def _line(self, measurement: SlideDiagnostic) -> int:
        """Return the line of the deck from which the element comes; 0 where it is not known."""
        lines = self._expanded.lines
        return lines[measurement.line - 1] if 0 < measurement.line <= len(lines) else 0


def _cause(measurement: SlideDiagnostic) -> Cause | None:
    """Return what a slide shares with others: letters, or (without a line) its header or footer."""
    if measurement.kind is SlideSlug.MISSING_GLYPH:
        return Cause(measurement.message)
    shared = measurement.text and not measurement.line
    return Cause(f'"{measurement.text}" (header or footer)', measurement.message) if shared else None
