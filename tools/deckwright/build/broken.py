"""Decks that cannot be built: what was read of them has errors, or Marp fails on them.

The other decks of the course are built all the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from deckwright.build.select import narrowed
from deckwright.errors import RenderError
from deckwright.model import Course, Deck, Diagnostic, Severity
from deckwright.resolve.jobs import deck_jobs
from deckwright.text.lines import Lines


def without_broken(course: Course) -> Course:
    """Return the course with those of its decks that can be built, and what these need."""
    wrong = {each.location.path for each in course.diagnostics if each.severity is Severity.ERROR}
    broken = tuple(deck for deck in course.decks if wrong.intersection(_files_of(course, deck)))
    if not broken:
        return course
    good = tuple(deck for deck in course.decks if deck not in broken)
    return replace(narrowed(course, good), broken=(*course.broken, *broken))


def unrendered(course: Course, failures: Mapping[str, RenderError]) -> Course:
    """Return the course without the decks on which Marp or the browser failed, and say why these did."""
    failed = tuple(deck for deck in course.decks if deck.path in failures)
    return replace(
        course,
        decks=tuple(deck for deck in course.decks if deck.path not in failures),
        broken=(*course.broken, *failed),
        diagnostics=(*course.diagnostics, *(_failure(deck, failures[deck.path]) for deck in failed)),
    )


def _failure(deck: Deck, error: RenderError) -> Diagnostic:
    lines = Lines(deck.path, deck.text)
    return lines.diagnostic(error.slug, error.message, lines.written(1), error.hint)


def _files_of(course: Course, deck: Deck) -> Iterator[str]:
    """Yield a deck, and the files that it shows."""
    yield deck.path
    yield from (course.jobs[job].script for job in deck_jobs(course, deck))
    for reference in (version for each in deck.references for version in each.versions):
        path = reference.target.path
        yield path
        if path in course.diagrams:
            yield course.diagrams[path].path
