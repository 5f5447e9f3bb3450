"""The pipeline: read, resolve, plan, run, compose, render, report. Nothing else knows the order."""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import replace
from functools import partial
from itertools import chain

from deckwright import __version__
from deckwright.build.broken import unrendered, without_broken
from deckwright.build.context import Context
from deckwright.build.drawings import draw, may_be_remembered, undrawn
from deckwright.build.early import EarlyDecks
from deckwright.build.edited import asked, asks_the_same, only_edited, updated, with_others
from deckwright.build.failures import failure_diagnostic
from deckwright.build.gpu_users import gpu_warnings
from deckwright.build.inspect import inspect, known_difference, may_be_repeated, pictures
from deckwright.build.judge import judged, unjudged
from deckwright.build.order import deck_by_deck
from deckwright.build.page_files import (
    make_room,
    shown_deck,
    write_check,
    write_page,
    write_pages,
    write_report,
    written_files,
)
from deckwright.build.pages import Page, accepted_pictures, formats_of, pages_of
from deckwright.build.ports import Emit, Renderer
from deckwright.build.read import read_course, read_decks, with_settings
from deckwright.build.ready import Draft, Progress, drafts_of
from deckwright.build.replay import LastBuild, conditions_of, deck_has_changed, emit_end, last_log, remember
from deckwright.build.run import readers_of, run_plan, take_kept
from deckwright.build.select import narrowed, select
from deckwright.build.smoke import overwritten
from deckwright.build.summary import known_errors, summarise
from deckwright.compose.accept import accept, not_replaceable
from deckwright.compose.compose import compose
from deckwright.errors import ConfigError, DeviceMissing
from deckwright.files.disk import syntax_of
from deckwright.files.tracked import FileLog, FileState, TrackedFiles
from deckwright.machine.environment import versions_of
from deckwright.model import (
    EVERYTHING,
    BuiltDeck,
    Change,
    Course,
    Deck,
    Diagnostic,
    Drawing,
    Event,
    Evidence,
    ExpandedDeck,
    OnText,
    Plan,
    Record,
    Report,
    Request,
    Result,
    Script,
    State,
    Step,
    events,
)
from deckwright.parse import parse_script
from deckwright.plan.planner import Scope, make_plan
from deckwright.plan.reasons import CurrentState
from deckwright.project.diagnostics import cluster_warning, store_warning
from deckwright.project.project import BUILD
from deckwright.resolve import resolve_scripts, with_smoke
from deckwright.resolve.jobs import chosen_jobs
from deckwright.store import BuildRecord, RenderRecord

_MOST_REPEATS = 3
"""How often a script runs again in one build: two that write what the other reads would never end."""

Results = dict[str, Result]
"""By job."""


def build(context: Context, last: LastBuild | None = None) -> Report:
    """Build decks: run what is stale, compose, render, report. Raises only `DeckwrightError`.

    `last` is the last build of this request, if nothing but contents of sources has changed since.
    """
    started = time.monotonic()
    context = replace(context, emit=_one_at_a_time(context.emit))
    conditions, sources = conditions_of(context), _tracked(context)
    reading = context.reading(sources)
    needs_browser = _needs_browser(context)  # a format that there is not ends the command now
    with context.ports.renderer() as renderer:
        if deck_has_changed(context):
            renderer.start(needs_browser)  # Marp warms up while we read and plan
        context.emit(events.Stage("read"))
        begun = _begun_with_edited(reading, last) if last else None
        others = last if begun else None
        if begun is None:
            course = _course(reading, context.project.decks(context.request.decks))
            if not course.decks:
                return emit_end(_stopped(context, course), context.emit)
            _announce(context)
            context.emit(events.Stage("plan"))
            begun = course, *_plan(reading, course)
        course, plan, kept = begun
        of_gpus = tuple(gpu_warnings(context, course, plan))
        context.emit(events.Stage("run"))
        plan, results, gone = _run_and_show(context, renderer, course, plan, kept)
        course = replace(course, diagnostics=(*course.diagnostics, *overwritten(context, course)))
        context.emit(events.Stage("compose"))
        drawings = draw(context, renderer, course)
        pages = _pages(reading, course, results, plan.missing, drawings)
        context.emit(events.Stage("render"))
        replaced = _files_of(context, pages) if others else frozenset()
        gone |= make_room(context, pages)
        records, failures = write_pages(context, renderer, pages, gone)
        built = tuple(_built(page, records[page.deck.path]) for page in pages if page.deck.path in records)
        evidence = Evidence(unrendered(course, failures), plan, results, built, drawings)
        if context.request.check:
            context.emit(events.Stage("check"))
            evidence = inspect(reading, renderer, pages, evidence)
    context.emit(events.Stage("report"))
    report, left = _report(reading, evidence, time.monotonic() - started, others)
    all_rendered = evidence.course.broken == course.broken and may_be_remembered(drawings)
    plan = _finish(reading, course, plan, is_all=others is None)
    # Runs may have read what changed since, or have failed for a reason that may be gone.
    would_run = plan.stale or plan.in_doubt
    if not would_run and all_rendered and may_be_repeated(evidence):
        left |= {path: known for record in records.values() for path, known in written_files(record).items()}
        made = FileLog({path: FileState(known) for path, known in left.items()})
        record = BuildRecord(conditions, sources.file_log(), made, report, asked(course, plan))
        remember(context, updated(others.record, record, replaced) if others else record)
    return emit_end(_with_warnings_of_today(context, report, of_gpus), context.emit)


def plan_decks(context: Context) -> tuple[Plan | None, tuple[Diagnostic, ...]]:
    """Decide what a build would run, and start nothing; return what is wrong besides.

    The plan is None if no deck can be built.
    """
    # Data that several scripts read is not read for each of them.
    context = context.reading(_tracked(context))
    course = _course(context, context.project.decks(context.request.decks))
    plan = _make_plan(context, course, context.request) if course.decks else None
    return plan and replace(plan, not_run=course.not_run), course.diagnostics


def latest(context: Context) -> tuple[Course, Plan, Results]:
    """Return the course, and the results that are true now, without a run: after a build, all of them."""
    context = context.reading(_tracked(context))
    course = without_broken(read_course(context.project, context.request.decks, context.ports.parsed()))
    scope = _scope(course, context.request)
    return course, *take_kept(context, course, _make_plan(context, course, context.request), scope)


def sync(context: Context) -> tuple[Report, dict[str, Change]]:
    """Run what is stale; return the source files that accepting the results would change.

    A request may name decks, and anything that `select` knows by name.
    """
    project, names = context.project, context.request.decks
    only_decks = all(map(project.is_deck, names))
    course = read_course(project, names if only_decks else (), context.ports.parsed())
    if not only_decks:
        course = select(course, [project.named(name) for name in names])
    course = without_broken(course)
    if not course.decks:
        return Report(diagnostics=course.diagnostics), {}
    context = context.asking(Request())  # what is named has been chosen
    _announce(context)
    plan, results = _run(context, course, *_plan(context, course))
    with context.ports.renderer() as renderer:
        drawings = draw(context, renderer, course)
    refusals = {deck.path: not_replaceable(deck, course, results) for deck in course.decks}
    decks = {
        deck.path: Change(deck.text.encode(), accept(deck, course, results).encode())
        for deck in course.decks
        if not refusals[deck.path]
    }
    drawn = accepted_pictures(course, results, drawings).items()
    changes = {**decks, **{path: _picture(context, course, path, data) for path, data in drawn}}
    course = replace(course, diagnostics=(*course.diagnostics, *chain.from_iterable(refusals.values())))
    evidence = Evidence(course, plan, results, drawings=drawings)
    report = _with_warnings_of_today(context, summarise(evidence, 0.0, {}))
    return report, {path: change for path, change in changes.items() if change.before != change.after}


def run_file(context: Context, path: str, on_text: OnText) -> tuple[Result | None, tuple[Diagnostic, ...]]:
    """Run one script, whatever is known of it, and hand on what it writes; nothing is kept."""
    texts, undecodable = context.project.texts([path])
    scripts = {path: parse_script(path, text) for path, text in texts.items()}
    found = (*undecodable, *(each for script in scripts.values() for each in script.diagnostics))
    if found:
        return None, found
    step = plan_script(context, scripts[path])
    if step.state is State.ABSENT:
        hint = 'run it on a machine that has it, or write `device = "any"` in the script'
        raise DeviceMissing(f"{path} cannot run: {step.reason}", hint)
    with context.ports.runner() as runner:
        (result,) = runner.run([step.job], lambda job, seconds: None, on_text)
    failed = failure_diagnostic(scripts[path], result)
    return result, (failed,) if failed else ()


def run_scripts(context: Context, course: Course) -> Results:
    """Run what is stale of a course of scripts, and show nothing; return all results by job."""
    context = context.reading(_tracked(context))
    return _run(context, course, *_plan(context, course))[1]


def plan_script(context: Context, script: Script) -> Step:
    """Decide how one script runs, whatever is known of it."""
    course = with_settings(resolve_scripts({script.path: script}), context.project.settings)
    (step,) = _make_plan(context, course, Request(force=script.path)).steps
    return step


def needed_records(plan: Plan) -> tuple[Record, ...]:
    """Return the records of the results that are true now."""
    return tuple(step.record for step in plan.steps if step.record)


def remembered_decks(context: Context) -> tuple[str, ...]:
    """Return the decks that are still there, of those whose rendering is remembered."""
    return tuple(sorted(filter(context.project.files.exists, context.ports.store.decks())))


# --- the stages -------------------------------------------------------------------------------


def _course(context: Context, decks: Sequence[str]) -> Course:
    """Return the decks at these paths, and their scripts as a request wants them to run."""
    course = without_broken(read_decks(context.project, decks, context.ports.parsed()))
    return with_smoke(course) if context.request.smoke else course


def _begun_with_edited(context: Context, last: LastBuild) -> tuple[Course, Plan, Results] | None:
    """Return the decks that were edited, with their plan and results, if the others stay as they are."""
    decks = only_edited(last, context.project.lectures())
    if not decks or context.request.check:
        return None
    course = _course(context, decks)
    scope = _scope(course, context.request)
    plan, kept = take_kept(context, course, _make_plan(context, course, context.request), scope)
    if not asks_the_same(course, plan, last):
        return None
    context.emit(events.Stage("plan"))
    context.emit(events.Planned(len(last.record.report.jobs), 0, {}))
    return course, plan, kept


def _tracked(context: Context) -> TrackedFiles:
    """Return the sources, tracked: what the last build of this request read keeps its digest if unchanged."""
    return TrackedFiles(context.project.files, last_log(context))


def _stopped(context: Context, course: Course) -> Report:
    """Return the report of a build that stops at what was read."""
    if not context.request.check:
        return Report(diagnostics=course.diagnostics, broken=tuple(deck.path for deck in course.broken))
    report = unjudged(course)
    write_check(context, report, ())
    return report


def _needs_browser(context: Context) -> bool:
    """Whether a browser makes any format. Raises ConfigError and ToolMissing."""
    return any(each.needs_browser for each in formats_of(context))


def _announce(context: Context) -> None:
    """Say what is downloaded before the first build."""
    if tools := context.ports.missing_tools(_needs_browser(context)):
        context.emit(events.Installing(tools))


def _plan(context: Context, course: Course) -> tuple[Plan, Results]:
    """Return the plan, and the results that are kept."""
    scope = _scope(course, context.request)
    plan, kept = take_kept(context, course, _make_plan(context, course, context.request), scope)
    plan = deck_by_deck(context, course, plan)
    context.emit(_planned(plan))
    return plan, kept


def _run_and_show(
    context: Context, renderer: Renderer, course: Course, plan: Plan, kept: Results
) -> tuple[Plan, Results, frozenset[str]]:
    """Run what is stale, and make each deck as soon as its own scripts have run.

    Return also the files that were removed meanwhile: a deck may have been made of them.
    """
    if not plan.stale:
        return plan, kept, frozenset()
    # Something will change: Marp and the browser warm up while scripts run.
    renderer.start(_needs_browser(context))
    gone: set[str] = set()

    def make(draft: Draft, progress: Progress) -> None:
        gone.update(_make_early(context, renderer, course, draft, progress))

    def show(progress: Progress) -> None:
        early.update(progress)
        if context.request.early:
            context.emit(events.Known(known_errors(course, progress.results)))

    with EarlyDecks(drafts_of(context, course, plan), make) as early:
        plan, results = _run(context, course, plan, kept, show)
    return plan, results, frozenset(gone)


def _run(
    context: Context,
    course: Course,
    plan: Plan,
    kept: Results,
    show: Callable[[Progress], None] = lambda progress: None,
) -> tuple[Plan, Results]:
    """Run what is stale; then again what has read files that others of these runs wrote later.

    `show` is called with how far the runs are.
    """
    results = _results(context, plan, plan, kept, show)
    ran, repeats = {step.job.id for step in plan.stale}, Counter[str]()
    every = set(ran)
    while ran:
        readers = readers_of(context, course, {job: results[job].writes for job in ran})
        late = {job for job in readers if repeats[job] < _MOST_REPEATS}
        again, fresh = _plan_of(context, course, late, every) if late else (Plan(()), {})
        ran = {step.job.id for step in again.stale}
        every |= ran
        repeats.update(ran)
        if ran:
            context.emit(_planned(again, again=True))
        plan = plan.with_steps(again.steps)
        results = _results(context, plan, again, results | fresh, show)
        # What read them, and was not asked for, is no longer known to be true.
        results = {job: result for job, result in results.items() if job not in again.missing}
    return plan, results


def _results(
    context: Context, plan: Plan, due: Plan, known: Results, show: Callable[[Progress], None]
) -> Results:
    """Run what is due of a plan; return its results, and those that are known of the other jobs."""
    left = frozenset(step.job.id for step in due.stale)
    results = {job: result for job, result in known.items() if job not in left}
    show(Progress(plan, dict(results), left))
    with closing(run_plan(context, due, known)) as runs:
        for result in runs:
            results[result.job] = result
            left -= {result.job}
            show(Progress(plan, dict(results), left))
    return results


def _plan_of(
    context: Context, course: Course, jobs: Collection[str], ran: Collection[str]
) -> tuple[Plan, Results]:
    """Return the plan of these alone, as files are now, and the results that are kept.

    `ran` have run in this build.
    """
    plan = _make_plan(context.reading(_tracked(context)), course, context.request, ran)
    steps = tuple(step for step in plan.steps if step.job.id in jobs)
    return take_kept(context, course, Plan(steps), _scope(course, context.request))


def _make_early(
    context: Context, renderer: Renderer, course: Course, draft: Draft, progress: Progress
) -> frozenset[str]:
    """Make a deck of what is there before all scripts have run; return the files that were removed."""
    # Scripts write files: what is read now says nothing of what there is in the end.
    reading = context.reading(TrackedFiles(context.project.files))
    of_deck = narrowed(course, tuple(deck for deck in course.decks if deck.path == draft.deck))
    drawings = draw(context, renderer, replace(course, diagrams=of_deck.diagrams))
    (page,) = _pages(reading, course, progress.results, progress.missing, drawings, of_deck.decks)
    gone = make_room(context, [page], is_last=draft.is_ready)
    write_page(context, renderer, page, is_last=draft.is_ready)
    return gone


def _pages(
    context: Context,
    course: Course,
    results: Mapping[str, Result],
    missing: Mapping[str, str],
    drawings: Mapping[str, Drawing],
    decks: Sequence[Deck] = (),
) -> tuple[Page, ...]:
    """Return decks with everything put in, ready to be rendered: some of a course, or all."""
    expanded: tuple[ExpandedDeck, ...] = tuple(
        compose(deck, course, results, missing, undrawn(course, drawings)) for deck in decks or course.decks
    )
    return pages_of(context, course, results, expanded, drawings)


def _files_of(context: Context, pages: Sequence[Page]) -> frozenset[str]:
    """Return the files that decks consist of so far."""
    records = filter(None, (context.ports.store.rendering(page.deck.path) for page in pages))
    return frozenset(chain.from_iterable(map(written_files, records)))


def _built(page: Page, record: RenderRecord) -> BuiltDeck:
    return BuiltDeck(page.deck, page.expanded, shown_deck(page, record))


def _report(
    context: Context, evidence: Evidence, seconds: float, others: LastBuild | None
) -> tuple[Report, dict[str, str]]:
    """Return the report, and the digests of the files that show it.

    `others` is the last build, if that has made all decks but these.
    """
    evidence = replace(evidence, secrets=context.ports.secrets)
    report = summarise(evidence, seconds, _versions(context))
    report = replace(report, title=context.project.settings.title)
    report = with_others(report, others) if others else report
    left = write_report(context, report)
    if context.request.check:
        report = judged(context, context.request.check, evidence, report)
        left |= write_check(context, report, pictures(evidence))
    return report, left


def _finish(context: Context, course: Course, plan: Plan, *, is_all: bool) -> Plan:
    """Keep what was parsed, forget what no deck needs; return the plan of the next build.

    `is_all` says that all decks that were asked for are in the course.
    """
    files = context.project.files
    context.ports.parsed().keep(lambda path: files.is_inside(path) and files.exists(path))
    if plan.stale:
        plan = _make_plan(context, course, context.request, [step.job.id for step in plan.stale])
    # Only a build of all decks knows what no deck needs any more.
    if is_all and not (context.request.decks or course.broken):
        # One that went meanwhile has left files: the next build must know of them.
        decks = {*remembered_decks(context), *(deck.path for deck in course.decks)}
        limit = context.project.settings.store_bytes
        context.ports.store.prune(needed_records(plan), decks, limit)
    return plan


def _make_plan(context: Context, course: Course, request: Request, ran: Collection[str] = ()) -> Plan:
    """Decide what has to run; `ran` ran in this build. Raises ConfigError if a pattern fits no script."""
    ports, files = context.ports, context.project.files
    now = CurrentState(
        python=ports.environment.python,
        packages={**ports.environment.state(), **ports.font_versions(), **ports.card_versions()},
        device_for=ports.device_for,
        digest_of=files.digest,
        syntax_of=partial(syntax_of, files),
        kernel_records=ports.kernel_records(),
        unknown=ports.unknown_versions,
        gpus=ports.gpus,
    )
    store, scope = ports.store, replace(_scope(course, request), has_run=ran.__contains__)
    return make_plan(course.jobs.values(), now, store.records, scope, store.shared_records)


def _scope(course: Course, request: Request) -> Scope:
    """Return which scripts a request is about. Raises ConfigError if a pattern fits no script."""
    scope = Scope(retried=request.early.retries) if request.early else Scope()
    if request.force:
        scope = replace(scope, forced=_chosen(course, request.force).__contains__)
    if request.only:
        wanted = frozenset[str]().union(*(_chosen(course, pattern) for pattern in request.only))
        scope = replace(scope, wanted=wanted.__contains__)
    return scope


def _chosen(course: Course, pattern: str) -> frozenset[str]:
    jobs = chosen_jobs(course, pattern)
    if not jobs and pattern != EVERYTHING:
        raise ConfigError(f"no script or deck is called {pattern}", "name one as `deckwright plan` does")
    return jobs


def _picture(context: Context, course: Course, path: str, fresh: bytes) -> Change:
    files = context.project.files
    accepted = files.read(path) if files.exists(path) else None
    found = known_difference(context, course, path, accepted, fresh) if accepted else None
    note = f"{found.message}, see {BUILD}/{found.picture}" if found else ""
    return Change(accepted, fresh, note)


_REPORTED_PACKAGES = ("torch", "torchvision", "matplotlib", "numpy", "pandas", "scipy", "scikit-learn")
"""Packages whose versions the report and the index name, where they are installed."""


def _versions(context: Context) -> dict[str, str]:
    packages = versions_of(_REPORTED_PACKAGES, context.ports.environment)
    versions = {"deckwright": __version__, **packages, **context.ports.render_versions()}
    versions.pop("code", None)  # a digest of ours, which tells a reader nothing
    return versions


def _with_warnings_of_today(context: Context, report: Report, others: Iterable[Diagnostic] = ()) -> Report:
    """Return the report as it is today: trouble with other machines, and other users, are not remembered."""
    trouble, project = context.ports.store.trouble, context.project
    warnings = [store_warning(project.files, project.settings, trouble)] if trouble else []
    warnings += [cluster_warning(project.files, text) for text in context.ports.cluster_warnings()]
    return replace(report, diagnostics=(*report.diagnostics, *warnings, *others))


def _one_at_a_time(emit: Emit) -> Emit:
    """Return a function that hands on events of several threads one by one."""
    lock = threading.Lock()

    def emit_alone(event: Event) -> None:
        with lock:
            emit(event)

    return emit_alone


def _planned(plan: Plan, again: bool = False) -> events.Planned:
    last = {step.job.id: step.last_seconds for step in plan.stale}
    return events.Planned(len(plan.steps), len(last), last, again)
