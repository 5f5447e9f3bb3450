"""The edition of a course for its students: its pages, without notes and without solutions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from deckwright.build.context import Context
from deckwright.build.drawings import draw, undrawn
from deckwright.build.page_files import make_room, shown_deck, write_pages
from deckwright.build.pages import Page, pages_of
from deckwright.build.pipeline import latest
from deckwright.compose.compose import compose
from deckwright.errors import EditedMeanwhile
from deckwright.model import Course, Record, RenderedDeck, Request
from deckwright.publish.stripped import students_course, without_notes
from deckwright.store import Store


@dataclass(frozen=True, slots=True)
class Edition:
    """The lectures of an edition, as they were made."""

    whole: Course
    """The course with its solutions and notes."""
    records: Mapping[str, Record]
    """Of the runs, by job."""
    pages: tuple[Page, ...]
    rendered: Mapping[str, RenderedDeck]
    """By the deck's path."""
    files: Mapping[str, bytes]
    """All that was made, by path as it is below build/."""


def students_edition(context: Context, request: Request, solutions: bool = False) -> Edition:
    """Make the pages for students, of a course that was just built. Raises DeckwrightError.

    With `solutions`, the code is whole: for those who teach the course.
    """
    whole, plan, results = latest(context)
    if plan.stale:
        raise EditedMeanwhile("a file was changed since the build", "publish again")
    course, shown = (whole, results) if solutions else students_course(whole, results)
    project = context.project
    apart = project.for_students
    ports = replace(context.ports, store=Store(apart.build / ".store", None))
    public = replace(context, project=apart, ports=ports, request=request)
    with context.ports.renderer() as renderer:
        drawings = draw(context, renderer, course)
        composed = (
            compose(deck, course, shown, plan.missing, undrawn(course, drawings)) for deck in course.decks
        )
        expanded = tuple(without_notes(each, project.settings.marp.dialect) for each in composed)
        pages = pages_of(public, course, shown, expanded, drawings)
        make_room(public, pages)
        records, failures = write_pages(public, renderer, pages)
    for error in failures.values():
        raise error
    rendered = {page.deck.path: shown_deck(page, records[page.deck.path]) for page in pages}
    runs = {step.job.id: step.record for step in plan.steps if step.record}
    return Edition(whole, runs, pages, rendered, dict(_files(public, rendered)))


def _files(context: Context, rendered: Mapping[str, RenderedDeck]) -> Iterator[tuple[str, bytes]]:
    for deck in rendered.values():
        for output in deck.outputs.values():
            yield from ((path, (context.build / path).read_bytes()) for path in output.files)
