"""The pipeline: read, resolve, plan, run, compose, render, report. Nothing else knows the order."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from typing import Protocol

from deckwright import layout
from deckwright.blame import blame
from deckwright.compose.accept import accept
from deckwright.compose.compose import compose
from deckwright.errors import DeviceMissing
from deckwright.model import (
    Course,
    Diagnostic,
    Event,
    Job,
    Plan,
    Record,
    RenderedDeck,
    RenderRequest,
    Report,
    Result,
    State,
    Step,
    has_errors,
)
from deckwright.parse import parse_deck, parse_script
from deckwright.plan import make_plan
from deckwright.project import Project, environment, installed
from deckwright.report.format import report_json
from deckwright.resolve import resolve, resolve_scripts, theme_names, wanted_scripts
from deckwright.store import Rendering, Store, unchanged, write_atomic
from deckwright.summary import summarise

Emit = Callable[[Event], None]


class Runner(Protocol):
    """The door to processes: one result for every job, in the order in which they end."""

    def run(self, jobs: Sequence[Job], on_start: Callable[[str], None]) -> Iterator[Result]: ...


class Renderer(Protocol):
    """The door to Marp and the browser."""

    def start(self, browser: bool) -> None:
        """Begin to warm up; returns at once."""

    def render(self, request: RenderRequest) -> RenderedDeck: ...


@dataclass(frozen=True, slots=True)
class Doors:
    """Everything that reaches outside, apart from reading the sources."""

    store: Store
    runner: Callable[[Sequence[Job]], AbstractContextManager[Runner]]
    renderer: Callable[[], AbstractContextManager[Renderer]]
    render_versions: Callable[[], Mapping[str, str]]
    device_for: Callable[[str], str | None]
    """The device that a script's wish gets, or None where it is absent."""
    render_code: Callable[[], str] = str
    """A digest of our own code that makes pages."""


@dataclass(frozen=True, slots=True)
class Request:
    """What a command asks for."""

    decks: tuple[str, ...] = ()
    pdf: bool = True
    notes: bool = False
    """Speaker notes as annotations in the PDF."""
    force: bool = False


@dataclass(frozen=True, slots=True)
class Change:
    """A source file that accepting results would change."""

    before: bytes | None
    """What it held when the results were made; None if it was not there."""
    after: bytes


def build(project: Project, doors: Doors, request: Request, emit: Emit) -> Report:
    """Build decks: run what is stale, compose, render, report. Raises only `DeckwrightError`."""
    started = time.monotonic()
    course = read_course(project, request.decks)
    if has_errors(course.diagnostics):
        return _told(Report(diagnostics=course.diagnostics), emit)
    plan = plan_course(project, doors, course, request.force)
    emit(_planned(plan))
    with doors.renderer() as renderer:
        if plan.stale:  # something will change: Marp and the browser warm up while scripts run
            renderer.start(browser=request.pdf)
        results = run_plan(project, doors, plan, emit)
        expanded = [compose(deck, course, results) for deck in course.decks]
        versions = {**doors.render_versions(), "code": doors.render_code()}
        choices = layout.Choices(request.pdf, request.notes, versions, project.themes())
        pages = [
            layout.lay_out(project, course, results, deck, text, choices)
            for deck, text in zip(course.decks, expanded, strict=True)
        ]
        current = {page.deck: kept for page in pages if (kept := _current(project, doors.store, page))}
        rendered = [
            current.get(page.deck) or _render(project, doors.store, renderer, page, emit) for page in pages
        ]
    found = {**installed(["torch", "torchvision", "matplotlib"]), **doors.render_versions()}
    report = summarise(course, plan, results, expanded, rendered, time.monotonic() - started, found)
    retold = layout.told_before(project) != report_json(report)["diagnostics"]
    write_atomic(project.build / "report.json", layout.report_file(report))
    gone = doors.store.decks() - {page.deck for page in pages} if not request.decks else frozenset()
    if plan.stale or len(current) < len(pages) or gone or retold:
        _write_index(project, request, report)
        _remove_pages(project, doors.store, gone, rendered)
        _prune(doors.store, request, course)
    return _told(report, emit)


def sync(project: Project, doors: Doors, request: Request, emit: Emit) -> tuple[Report, dict[str, Change]]:
    """Run what is stale; return the source files that accepting the results would change."""
    course = read_course(project, request.decks)
    if has_errors(course.diagnostics):
        return Report(diagnostics=course.diagnostics), {}
    plan = plan_course(project, doors, course, request.force)
    emit(_planned(plan))
    results = run_plan(project, doors, plan, emit)
    decks = {
        deck.path: Change(deck.text.encode(), accept(deck, course, results).encode()) for deck in course.decks
    }
    pictures = {
        path: Change(project.files.read(path) if project.files.exists(path) else None, data)
        for path, data in layout.accepted_pictures(course, results).items()
    }
    report = summarise(course, plan, results, (), (), 0.0, {})
    changes = {**decks, **pictures}
    return report, {path: change for path, change in changes.items() if change.before != change.after}


def run_file(project: Project, doors: Doors, path: str) -> tuple[Result | None, tuple[Diagnostic, ...]]:
    """Run one script, whatever is known of it; nothing is kept."""
    texts, undecodable = project.texts([path])
    scripts = {path: parse_script(path, text) for path, text in texts.items()}
    course = resolve_scripts(scripts)
    wrong = (*undecodable, *course.diagnostics)
    if wrong:
        return None, wrong
    step = plan_course(project, doors, course, force=True).steps[0]
    if step.state is State.ABSENT:
        raise DeviceMissing(f"{path} needs {step.job.device}, which is absent here")
    with doors.runner([step.job]) as runner:
        (result,) = runner.run([step.job], lambda job: None)
    failed = blame(scripts[path], result)
    return result, (failed,) if failed else ()


# --- the stages, each with what it needs ------------------------------------------------------


def read_course(project: Project, named: Sequence[str]) -> Course:
    """Read and resolve decks and the scripts that they name."""
    files = project.files
    texts, wrong = project.texts(project.decks(named))
    decks = [parse_deck(path, text) for path, text in texts.items()]
    wanted = {path for deck in decks for path in wanted_scripts(deck, files.exists)}
    labelled = (path for path in project.snippets() if b"label:" in files.read(path))
    readable = (path for path in sorted({*wanted, *labelled}) if files.exists(path))
    sources, wrong_scripts = project.texts(readable)
    scripts = {path: parse_script(path, text) for path, text in sources.items()}
    themes = theme_names(project.themes().values())
    course = resolve(decks, scripts, project.scripts(), files.exists, themes)
    return replace(course, diagnostics=(*wrong, *wrong_scripts, *course.diagnostics))


def plan_course(project: Project, doors: Doors, course: Course, force: bool = False) -> Plan:
    """Decide what has to run; starts nothing."""
    return make_plan(
        course.jobs.values(),
        record_of=doors.store.record,
        digest_of=project.digest,
        device_for=doors.device_for,
        environment=environment(),
        force=force,
    )


def run_plan(project: Project, doors: Doors, plan: Plan, emit: Emit) -> dict[str, Result]:
    """Return the results of all jobs that can run here: kept ones, and fresh ones of stale jobs."""
    results: dict[str, Result] = {}
    stale = {step.job.id: step for step in plan.stale}
    for step in plan.steps:
        if step.state is State.FRESH:
            kept = doors.store.get(step.key)
            if kept is None:
                stale[step.job.id] = replace(step, state=State.STALE, reason="its result is damaged")
            else:
                results[step.job.id] = kept
    if stale:
        for result in _run(doors, stale, emit):
            results[result.job] = result
            doors.store.put(_record(project, stale[result.job], result), result)
    return results


def _run(doors: Doors, stale: Mapping[str, Step], emit: Emit) -> Iterator[Result]:
    jobs = [step.job for step in stale.values()]

    def on_start(job: str) -> None:
        step = stale[job]
        emit(Event("started", job, {"last_seconds": step.last_seconds, "device": step.job.device}))

    with doors.runner(jobs) as runner:
        for result in runner.run(jobs, on_start):
            status = str(result.failure.kind) if result.failure else "ok"
            detail = {"status": status, "seconds": round(result.seconds, 3)}
            emit(Event("finished", result.job, detail))
            yield result


def _record(project: Project, step: Step, result: Result) -> Record:
    reads = {path: project.digest(path) for path in result.reads}
    failed = result.failure is not None
    return Record(step.job.id, step.key, step.parts, reads, result.seconds, failed)


def _current(project: Project, store: Store, page: layout.Page) -> RenderedDeck | None:
    """Return a deck's last rendering if nothing changed since, its own files included."""
    kept = store.rendering(page.deck)
    if kept is None or kept.key != page.key or not unchanged(project.build, kept.files):
        return None
    return kept.deck


def _render(
    project: Project, store: Store, renderer: Renderer, page: layout.Page, emit: Emit
) -> RenderedDeck:
    emit(Event("rendering", page.deck))
    started = time.monotonic()
    for path, data in page.files.items():
        write_atomic(project.build / path, data, sync=False)
    made = renderer.render(page.request)
    store.put_rendering(Rendering(page.key, made, layout.made_files(project, page, made)))
    counts = {"slides": made.slides, "pages": made.pdf_pages}
    emit(Event("rendered", page.deck, {**counts, "seconds": time.monotonic() - started}))
    return made


def _write_index(project: Project, request: Request, report: Report) -> None:
    """Write the index page; a build of some decks does not drop the others from it."""
    path = project.build / "index.html"
    if not request.decks or not path.exists():
        write_atomic(path, layout.index_file(project, report))


def _remove_pages(
    project: Project, store: Store, gone: Iterable[str], rendered: Sequence[RenderedDeck]
) -> None:
    """Remove the pages of decks that are no longer there."""
    needed = {path for deck in rendered for path in _pages(deck)}
    for deck in gone:
        kept = store.rendering(deck)
        if kept and not project.files.exists(deck):
            for path in _pages(kept.deck) - needed:
                (project.build / path).unlink(missing_ok=True)


def _pages(deck: RenderedDeck) -> set[str]:
    return {path for path in (deck.html, deck.pdf, deck.picture) if path}


def _prune(store: Store, request: Request, course: Course) -> None:
    """Forget what no deck needs any more; only a build of all decks knows."""
    if not request.decks:
        store.prune(tuple(course.jobs), tuple(deck.path for deck in course.decks))


def _planned(plan: Plan) -> Event:
    last = {step.job.id: step.last_seconds for step in plan.stale}
    return Event("planned", detail={"steps": len(plan.steps), "stale": len(last), "last": last})


def _told(report: Report, emit: Emit) -> Report:
    for wrong in report_json(report)["diagnostics"]:
        emit(Event("diagnostic", wrong["path"], wrong))
    emit(Event("done", detail={"good": report.good, "seconds": report.seconds}))
    return report
