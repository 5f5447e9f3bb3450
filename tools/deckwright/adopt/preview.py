"""A build of a deck as it would be after adoption."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from deckwright.adopt.analysis.edits import Edit, applied, offset_before
from deckwright.build.context import Context
from deckwright.build.pipeline import build
from deckwright.errors import RenderError, RenderTimeout, ToolMissing
from deckwright.files.overlay import Overlay
from deckwright.model import Deck, Diagnostic, SlideSlug
from deckwright.text.lines import Lines

_NEW_OVERFLOW = "it fits without the lines that are added: put the import on another slide"
_NOT_RENDERED = (RenderError.slug, RenderTimeout.slug)
_OLD_OVERFLOW = "after adoption, it fits"


def preview(
    context: Context, deck: Deck, edits: Sequence[Edit], files: Mapping[str, bytes]
) -> tuple[Sequence[Diagnostic], str]:
    """Build a deck with edits and new files, which are not written.

    Return the diagnostics, located in the deck as it is, and why it is not known whether the slides fit;
    empty if they were measured.
    """
    contents = {**files, deck.path: applied(deck.text, edits).encode()}
    adopted = context.reading(Overlay(context.project.files, contents))
    try:
        before = build(context).diagnostics if edits else ()
        report = build(adopted)
    except (ToolMissing, RenderError) as error:
        return (), error.message
    after = [_in_old_text(deck, edits, diagnostic) for diagnostic in report.diagnostics]
    failed = next((each.message for each in after if each.slug in _NOT_RENDERED), "")
    after = [each for each in after if each.slug not in _NOT_RENDERED]
    unmeasured = "" if report.decks else failed or "the deck has errors"
    return list(_with_overflows(before, after)) if edits else after, unmeasured


def _with_overflows(before: Sequence[Diagnostic], after: Sequence[Diagnostic]) -> Iterator[Diagnostic]:
    """Yield diagnostics with hints at the slides that overflow only before or only after adoption."""
    old, new = _overflows(before), _overflows(after)
    for diagnostic in after:
        is_new = diagnostic.slug == SlideSlug.OVERFLOW and diagnostic.slide not in old
        yield replace(diagnostic, hint=_NEW_OVERFLOW) if is_new else diagnostic
    for slide, diagnostic in old.items():
        if slide not in new:
            yield replace(diagnostic, hint=_OLD_OVERFLOW)


def _overflows(diagnostics: Iterable[Diagnostic]) -> dict[int, Diagnostic]:
    """Return the last overflow of each slide that has one, by the slide's number."""
    return {each.slide: each for each in diagnostics if each.slug == SlideSlug.OVERFLOW}


def _in_old_text(deck: Deck, edits: Sequence[Edit], diagnostic: Diagnostic) -> Diagnostic:
    """Return a diagnostic of the changed deck, located in the deck as it is."""
    if diagnostic.location.path != deck.path:
        return diagnostic
    lines, changed = Lines(deck.path, deck.text), Lines(deck.path, applied(deck.text, edits))
    offset = changed.start(diagnostic.location.line) + diagnostic.location.column - 1
    line, column = lines.at(offset_before(edits, offset))
    place = lines.location(line, column, min(diagnostic.location.length, len(lines[line]) - column + 1))
    return replace(diagnostic, location=place, source=lines[line] or diagnostic.source)
