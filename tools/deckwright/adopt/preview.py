"""A build of a deck as it would be after adoption."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from deckwright.adopt.analysis.edits import Edit, applied, offset_before
from deckwright.adopt.overlay import Overlay
from deckwright.build.context import Context
from deckwright.build.pipeline import build
from deckwright.errors import RenderError, ToolMissing
from deckwright.model import Deck, Diagnostic
from deckwright.text.lines import Lines

_NEW_OVERFLOW = "it fits without the lines that are added: put the import on another slide"
_OLD_OVERFLOW = "after adoption, it fits"


@dataclass(frozen=True, slots=True)
class Preview:
    """The diagnostics of the build, located in the deck as it is."""

    diagnostics: tuple[Diagnostic, ...] = ()
    unmeasured: str = ""
    """Why it is not known whether the slides fit; empty if they were measured."""


def preview(context: Context, deck: Deck, edits: Sequence[Edit], files: Mapping[str, bytes]) -> Preview:
    """Build a deck with edits and new files, which are not written."""
    contents = {**files, deck.path: applied(deck.text, edits).encode()}
    adopted = context.reading(Overlay(context.project.files, contents))
    try:
        before = build(context).diagnostics if edits else ()
        report = build(adopted)
    except (ToolMissing, RenderError) as error:
        return Preview(unmeasured=error.message)
    after = [_in_old_text(deck, edits, diagnostic) for diagnostic in report.diagnostics]
    unmeasured = "" if report.decks else "the deck has errors"
    return Preview(tuple(_with_overflows(before, after) if edits else after), unmeasured)


def _with_overflows(before: Sequence[Diagnostic], after: Sequence[Diagnostic]) -> Iterator[Diagnostic]:
    """Yield diagnostics with hints at the slides that overflow only before or only after adoption."""
    old, new = _overflows(before), _overflows(after)
    for diagnostic in after:
        is_new = diagnostic.slug == "overflow" and diagnostic.location.line not in old
        yield replace(diagnostic, hint=_NEW_OVERFLOW) if is_new else diagnostic
    for line, diagnostic in old.items():
        if line not in new:
            yield replace(diagnostic, hint=_OLD_OVERFLOW)


def _overflows(diagnostics: Iterable[Diagnostic]) -> dict[int, Diagnostic]:
    return {each.location.line: each for each in diagnostics if each.slug == "overflow"}


def _in_old_text(deck: Deck, edits: Sequence[Edit], diagnostic: Diagnostic) -> Diagnostic:
    """Return a diagnostic of the changed deck, located in the deck as it is."""
    if diagnostic.location.path != deck.path:
        return diagnostic
    lines, changed = Lines(deck.path, deck.text), Lines(deck.path, applied(deck.text, edits))
    offset = changed.start(diagnostic.location.line) + diagnostic.location.column - 1
    line, column = lines.at(offset_before(edits, offset))
    place = lines.location(line, column, min(diagnostic.location.length, len(lines[line]) - column + 1))
    return replace(diagnostic, location=place, source=lines[line] or diagnostic.source)
