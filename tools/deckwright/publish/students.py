"""The edition of a course for its students: its pages, without notes and without solutions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from deckwright.build.context import Context
from deckwright.build.drawings import draw, undrawn
from deckwright.build.page_files import make_room, shown_deck, write_pages
from deckwright.build.pages import Page, pages_of
from deckwright.build.pipeline import latest
from deckwright.compose.compose import compose
from deckwright.errors import EditedMeanwhile
from deckwright.frozen import dataclass
from deckwright.model import Course, Diagnostic, Plan, RenderedDeck, Request
from deckwright.publish.captions import SiteCaptions, scripts_alone
from deckwright.publish.left_out import Shown, with_own_results
from deckwright.publish.own_runs import not_at_gap, own_jobs, own_results
from deckwright.publish.sources import Sources, files_read
from deckwright.publish.stripped import Results, students_course, without_notes
from deckwright.publish.words import words_in
from deckwright.store import Store


@dataclass(frozen=True, slots=True)
class Edition:
    """The lectures of an edition, as they were made."""

    sources: Sources
    """Of the whole course, with its solutions and notes."""
    shown: Shown
    pages: tuple[Page, ...]
    rendered: Mapping[str, RenderedDeck]
    """By the deck's path."""
    files: Mapping[str, bytes]
    """All that was made, by path as it is below build/."""
    hidden: Results
    """The results of which students see only a part, by job."""
    diagnostics: tuple[Diagnostic, ...]
    """What is wrong with the scripts of exercises."""


def students_edition(context: Context, request: Request, solutions: bool = False) -> Edition:
    """Make the pages for students, of a course that was just built. Raises DeckwrightError.

    With `solutions`, the code is whole: for those who teach the course.
    """
    sources, plan, results = latest_sources(context)
    public = _apart(context, request)
    own = {} if solutions else own_results(public, sources)
    is_own = not solutions and context.project.settings.publish.results == "own"
    shown = _own(sources, results, own) if is_own else _solved(sources.course, results, solutions)
    captions = SiteCaptions(context.project.settings.publish, scripts_alone(sources))
    pages, rendered = _rendered(context, public, shown, plan.missing, captions)
    files = dict(_files(public, rendered))
    hidden = {job: results[job] for job in own.keys() & results.keys()} if is_own else {}
    return Edition(sources, shown, pages, rendered, files, hidden, tuple(not_at_gap(sources, own)))


def latest_sources(context: Context) -> tuple[Sources, Plan, Results]:
    """Return the scripts of a course that was just built, with what they read, its plan and its results.

    Raises DeckwrightError.
    """
    course, plan, results = latest(context)
    for step in plan.stale:
        raise EditedMeanwhile(f"{step.job.id} is no longer up to date: {step.reason}", "publish again")
    reads = {step.job.id: files_read(step.record) for step in plan.steps if step.record}
    return Sources(course, context.project.files, reads), plan, results


def _apart(context: Context, request: Request) -> Context:
    """Return the context in which files for students are made."""
    project = context.project.for_students
    ports = replace(context.ports, store=Store(project.build / ".store", None))
    return replace(context, project=project, ports=ports, request=request)


def _solved(whole: Course, results: Results, solutions: bool) -> Shown:
    return Shown(whole, results) if solutions else Shown(*students_course(whole, results))


def _own(sources: Sources, results: Results, own: Results) -> Shown:
    course, solved = students_course(sources.course, results)
    languages = (str(deck.front_matter.get("lang", "")) for deck in course.decks)
    says = words_in(next(filter(None, languages), ""))["left_out"]
    return with_own_results(course, solved, own, own_jobs(sources).keys(), says)


def _rendered(
    context: Context, public: Context, shown: Shown, missing: Mapping[str, str], captions: SiteCaptions
) -> tuple[tuple[Page, ...], dict[str, RenderedDeck]]:
    """Make the pages, and return them with what was made of each; `public` is where they are made."""
    course, results = shown.course, shown.results
    dialect = context.project.settings.marp.dialect
    with context.ports.renderer() as renderer:
        drawings = {**draw(context, renderer, shown.drawn), **shown.drawings}
        missed = undrawn(shown.drawn, drawings)
        composed = (compose(deck, course, results, missing, missed) for deck in course.decks)
        expanded = tuple(without_notes(each, dialect) for each in composed)
        pages = pages_of(public, course, results, expanded, drawings, captions)
        make_room(public, pages)
        records, failures = write_pages(public, renderer, pages)
    for error in failures.values():
        raise error
    return pages, {page.deck.path: shown_deck(page, records[page.deck.path]) for page in pages}


def _files(context: Context, rendered: Mapping[str, RenderedDeck]) -> Iterator[tuple[str, bytes]]:
    for deck in rendered.values():
        for output in deck.outputs.values():
            yield from ((path, (context.build / path).read_bytes()) for path in output.files)
