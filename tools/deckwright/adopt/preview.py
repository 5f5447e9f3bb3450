"""A build of a deck as it would be after adoption."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from deckwright.adopt.analysis.revision import Revision
from deckwright.build.context import Context
from deckwright.build.pipeline import build
from deckwright.errors import RenderError, RenderTimeout, ToolMissing
from deckwright.files.overlay import Overlay
from deckwright.model import Diagnostic, SlideSlug

NEW_OVERFLOW = "it fits without the lines that are added: put some of it on another slide"
_NOT_RENDERED = (RenderError.slug, RenderTimeout.slug)
_OLD_OVERFLOW = "after adoption, it fits"


def preview(
    context: Context, revisions: Sequence[Revision], files: Mapping[str, bytes]
) -> tuple[Sequence[Diagnostic], str]:
    """Build a deck as its last revision makes it, with new files; none of that is written.

    Return the diagnostics, located in the deck as it is, and why it is not known whether the slides fit;
    empty if they were measured.
    """
    last, is_changed = revisions[-1], any(revision.edits for revision in revisions)
    contents = {**files, last.deck.path: last.text.encode()}
    adopted = context.reading(Overlay(context.project.files, contents))
    try:
        before = build(context).diagnostics if is_changed else ()
        report = build(adopted)
    except (ToolMissing, RenderError) as error:
        return (), error.message
    after = [_in_first_text(revisions, diagnostic) for diagnostic in report.diagnostics]
    failed = next((each.message for each in after if each.slug in _NOT_RENDERED), "")
    after = [each for each in after if each.slug not in _NOT_RENDERED]
    unmeasured = "" if report.decks else failed or "the deck has errors"
    return list(_with_overflows(before, after)) if is_changed else after, unmeasured


def _in_first_text(revisions: Sequence[Revision], diagnostic: Diagnostic) -> Diagnostic:
    for revision in reversed(revisions):
        diagnostic = revision.in_old_text(diagnostic)
    return diagnostic


def _with_overflows(before: Sequence[Diagnostic], after: Sequence[Diagnostic]) -> Iterator[Diagnostic]:
    """Yield diagnostics with hints at the slides that overflow only before or only after adoption."""
    old, new = _overflows(before), _overflows(after)
    for diagnostic in after:
        is_new = diagnostic.slug == SlideSlug.OVERFLOW and diagnostic.slide not in old
        yield replace(diagnostic, hint=NEW_OVERFLOW) if is_new else diagnostic
    for slide, diagnostic in old.items():
        if slide not in new:
            yield replace(diagnostic, hint=_OLD_OVERFLOW)


def _overflows(diagnostics: Iterable[Diagnostic]) -> dict[int, Diagnostic]:
    """Return the last overflow of each slide that has one, by the slide's number."""
    return {each.slide: each for each in diagnostics if each.slug == SlideSlug.OVERFLOW}
