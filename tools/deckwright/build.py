"""The pipeline: read, resolve, plan, run, compose, render, report. Nothing else knows the order."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from deckwright import __version__, layout
from deckwright.baseline import FILE, Baseline, new_faults, read_baseline
from deckwright.blame import blame
from deckwright.cases import cases_of
from deckwright.checks import judge
from deckwright.choose import choose
from deckwright.compose.accept import accept
from deckwright.compose.compose import compose
from deckwright.course import chosen_jobs
from deckwright.doors import Doors, Emit, OnText
from deckwright.environment import versions_of
from deckwright.errors import ConfigError, DeviceMissing
from deckwright.examine import examine, known_difference, pictures
from deckwright.files import Seen, Testimony, Witness, syntax_of
from deckwright.model import (
    Check,
    Course,
    Diagnostic,
    Event,
    Evidence,
    ExpandedDeck,
    Plan,
    Record,
    Report,
    Request,
    Result,
    State,
    has_errors,
)
from deckwright.parse import parse_script
from deckwright.perform import readers_of, run_plan, take_kept
from deckwright.plan import Now, Wish, make_plan
from deckwright.project import BUILD, Project
from deckwright.publish import publish, remove_left, write_check, write_report
from deckwright.read import read_course
from deckwright.recall import before, conditions_of, remember, tell
from deckwright.resolve import resolve_scripts
from deckwright.store import Store, Told
from deckwright.summary import summarise
from deckwright.whole import remove_begun

_MOST_REPEATS = 3
"""How often a script runs again in one build: two that write what the other reads would never end."""


@dataclass(frozen=True, slots=True)
class Change:
    """A source file that accepting results would change."""

    before: bytes | None
    """What it held when the results were made; None if it was not there."""
    after: bytes
    note: str = ""
    """How a picture differs, where that is known."""


def build(project: Project, doors: Doors, request: Request, emit: Emit) -> Report:
    """Build decks: run what is stale, compose, render, report. Raises only `DeckwrightError`."""
    started = time.monotonic()
    conditions = conditions_of(project, doors)
    witness = Witness(project.files, before(project, doors, request))
    watched = replace(project, files=witness)
    course = read_course(watched, request.decks)
    if has_errors(course.diagnostics):
        return tell(_stopped(project, course, request), emit)
    plan, kept = _known(watched, doors, course, request)
    emit(_planned(plan))
    with doors.renderer() as renderer:
        if plan.stale:  # something will change: Marp and the browser warm up while scripts run
            renderer.start(browser=request.pdf)
        if request.early_seconds is not None and plan.takes(request.early_seconds):
            early = [compose(deck, course, kept, plan.pending) for deck in course.decks]
            for page in _lay_out(watched, doors, course, request, kept, early):
                publish(project, doors.store, renderer, page, emit)
        plan, results = _run(project, doors, course, request, plan, kept, emit)
        expanded = [compose(deck, course, results, plan.missing) for deck in course.decks]
        pages = _lay_out(watched, doors, course, request, results, expanded)
        # What earlier builds told is about to change; if this one is killed, the next must not tell it again.
        doors.store.forget_builds()
        remove_begun(project.build)
        remove_left(project, doors.store, pages)
        made = [publish(project, doors.store, renderer, page, emit) for page in pages]
        rendered = tuple(each.deck for each in made)
        evidence = Evidence(course, plan, results, tuple(expanded), rendered)
        if request.check:
            evidence = examine(watched, doors, renderer, pages, evidence, emit, request.check.alone)
    seconds = time.monotonic() - started
    report = summarise(course, plan, results, expanded, rendered, seconds, _versions(doors))
    left = write_report(project, doors.store, request, report)
    if request.check:
        report = _judged(watched, request, request.check, evidence, report)
        left |= write_check(project, report, pictures(evidence))
    # Whether the results are true now: a run may have read what changed meanwhile.
    settled = plan_course(watched, doors, course, replace(request, force="")) if plan.stale else plan
    if not request.decks:  # only a build of all decks knows what no deck needs any more
        needed = needed_records(settled)
        # One that went meanwhile has left files: the next build must know of them.
        known_decks = {*remembered_decks(project, doors.store), *(page.deck for page in pages)}
        doors.store.prune(needed, known_decks, project.settings.store_bytes)
    if not settled.stale:
        for rendering in made:
            left |= rendering.files
        seen = Testimony({path: Seen(known) for path, known in left.items()})
        remember(project, doors, request, Told(conditions, witness.testimony(), seen, report))
    return tell(_with_store_warning(project, doors.store, report), emit)


def sync(project: Project, doors: Doors, request: Request, emit: Emit) -> tuple[Report, dict[str, Change]]:
    """Run what is stale; return the source files that accepting the results would change.

    A request may name decks, and anything that `choose` knows by name.
    """
    only_decks = all(map(project.is_deck, request.decks))
    course = read_course(project, request.decks if only_decks else ())
    if has_errors(course.diagnostics):
        return Report(diagnostics=course.diagnostics), {}
    if not only_decks:
        course = choose(course, [project.named(name) for name in request.decks])
    plan, kept = _known(project, doors, course, request)
    emit(_planned(plan))
    plan, results = _run(project, doors, course, request, plan, kept, emit)
    decks = {
        deck.path: Change(deck.text.encode(), accept(deck, course, results).encode()) for deck in course.decks
    }
    pictures = {
        path: _picture(project, doors, course, path, data)
        for path, data in layout.accepted_pictures(course, results).items()
    }
    report = summarise(course, plan, results, (), (), 0.0, {})
    changes = {**decks, **pictures}
    report = _with_store_warning(project, doors.store, report)
    return report, {path: change for path, change in changes.items() if change.before != change.after}


def run_file(
    project: Project, doors: Doors, path: str, on_text: OnText
) -> tuple[Result | None, tuple[Diagnostic, ...]]:
    """Run one script, whatever is known of it, and hand on what it writes; nothing is kept."""
    texts, undecodable = project.texts([path])
    scripts = {path: parse_script(path, text) for path, text in texts.items()}
    course = resolve_scripts(scripts)
    wrong = (*undecodable, *course.diagnostics)
    if wrong:
        return None, wrong
    step = plan_course(project, doors, course, Request(force=path)).steps[0]
    if step.state is State.ABSENT:
        raise DeviceMissing(f"{path} needs {step.job.device}, which is absent here")
    with doors.runner() as runner:
        (result,) = runner.run([step.job], lambda job: None, on_text)
    failed = blame(scripts[path], result)
    return result, (failed,) if failed else ()


# --- the stages, each with what it needs ------------------------------------------------------


def plan_course(project: Project, doors: Doors, course: Course, request: Request) -> Plan:
    """Decide what has to run; starts nothing. Raises ConfigError if a pattern fits no script."""
    now = Now(
        python=doors.environment.python,
        packages=doors.environment.state(),
        device_for=doors.device_for,
        digest_of=project.files.digest,
        syntax_of=partial(syntax_of, project.files),
    )
    return make_plan(
        course.jobs.values(), now, doors.store.records, _wish(course, request), doors.store.shared_records
    )


def _run(
    project: Project,
    doors: Doors,
    course: Course,
    request: Request,
    plan: Plan,
    kept: Mapping[str, Result],
    emit: Emit,
) -> tuple[Plan, dict[str, Result]]:
    """Run what is stale; then again what has read files that others of these runs wrote later."""
    results = run_plan(project, doors, plan, kept, emit)
    ran, repeats = {step.job.id for step in plan.stale}, Counter[str]()
    while ran:
        readers = readers_of(doors, course, {job: results[job].writes for job in ran})
        late = {job for job in readers if repeats[job] < _MOST_REPEATS}
        now = replace(project, files=Witness(project.files, before(project, doors, request)))
        again = plan_course(now, doors, course, replace(request, force="")) if late else Plan(())
        again = Plan(tuple(step for step in again.steps if step.job.id in late))
        again, true = take_kept(doors, course, again, _wish(course, request))
        ran = {step.job.id for step in again.stale}
        repeats.update(ran)
        if ran:
            emit(_planned(again, again=True))
        plan = plan.with_steps(again.stale)
        results |= run_plan(project, doors, again, true, emit)
    return plan, results


def _known(
    project: Project, doors: Doors, course: Course, request: Request
) -> tuple[Plan, dict[str, Result]]:
    """Return the plan, and the results that are kept."""
    plan = plan_course(project, doors, course, request)
    return take_kept(doors, course, plan, _wish(course, request))


def _wish(course: Course, request: Request) -> Wish:
    """Return which scripts a request is about. Raises ConfigError if a pattern fits no script."""
    wish = Wish()
    if request.force:
        wish = replace(wish, forced=_chosen(course, request.force).__contains__)
    if request.only:
        wish = replace(wish, wanted=_chosen(course, request.only).__contains__)
    return wish


def _lay_out(
    project: Project,
    doors: Doors,
    course: Course,
    request: Request,
    results: Mapping[str, Result],
    expanded: Sequence[ExpandedDeck],
) -> list[layout.Page]:
    decks = frozenset({*project.lectures(), *(deck.path for deck in course.decks)})
    versions, themes = doors.render_versions(), project.themes()
    choices = layout.Choices(request.pdf, request.notes, versions, themes, decks)
    return [
        layout.lay_out(project, course, results, deck, text, choices)
        for deck, text in zip(course.decks, expanded, strict=True)
    ]


def _picture(project: Project, doors: Doors, course: Course, path: str, fresh: bytes) -> Change:
    accepted = project.files.read(path) if project.files.exists(path) else None
    found = known_difference(doors, course, path, accepted, fresh) if accepted else None
    note = f"{found.message}, see {BUILD}/{found.picture}" if found else ""
    return Change(accepted, fresh, note)


def needed_records(plan: Plan) -> tuple[Record, ...]:
    """Return the records of the results that are true now."""
    return tuple(step.record for step in plan.steps if step.record)


def remembered_decks(project: Project, store: Store) -> tuple[str, ...]:
    """Return the decks that are still there, of those whose rendering is remembered."""
    return tuple(sorted(filter(project.files.exists, store.decks())))


def _chosen(course: Course, pattern: str) -> frozenset[str]:
    jobs = chosen_jobs(course, pattern)
    if not jobs:
        raise ConfigError(f"no script or deck is called {pattern}", "name one as `deckwright plan` does")
    return jobs


def _versions(doors: Doors) -> dict[str, str]:
    packages = versions_of(["torch", "torchvision", "matplotlib"], doors.environment)
    return {"deckwright": __version__, **packages, **doors.render_versions()}


def _stopped(project: Project, course: Course, request: Request) -> Report:
    """Return the report of a build that stops at what was read."""
    report = Report(diagnostics=course.diagnostics)
    if request.check:
        report = replace(report, cases=cases_of(course, {}, course.diagnostics))
        write_check(project, report, ())
    return report


def _judged(project: Project, request: Request, check: Check, evidence: Evidence, report: Report) -> Report:
    """Return a build's report weighed as a check does: judged, and less what the baseline knows."""
    found = judge(evidence, report.diagnostics, {*check.allowed, *project.settings.allow})
    known = Baseline()
    if check.baseline and project.files.exists(FILE):
        known = read_baseline(project.files.read(FILE))
    if request.decks:
        known = known.within(report.looked_at)
    new = new_faults(known, found)
    passed = len(found) - len(new)
    cases = cases_of(evidence.course, evidence.results, new)
    all_cases = cases_of(evidence.course, evidence.results, found)
    unproved = sum(has_errors(case.wrong) for case in all_cases)
    mended = known.size - passed
    return replace(report, diagnostics=new, cases=cases, unproved=unproved, known=passed, mended=mended)


def _with_store_warning(project: Project, store: Store, report: Report) -> Report:
    """Return the report as it is told today: it is not remembered whether others could be reached."""
    warnings = (project.store_warning(store.trouble),) if store.trouble else ()
    return replace(report, diagnostics=(*report.diagnostics, *warnings))


def _planned(plan: Plan, again: bool = False) -> Event:
    last = {step.job.id: step.last_seconds for step in plan.stale}
    detail = {"steps": len(plan.steps), "stale": len(last), "last": last}
    return Event("planned", detail={**detail, "again": True} if again else detail)
