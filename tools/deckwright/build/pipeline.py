"""The pipeline: read, resolve, plan, run, compose, render, report. Nothing else knows the order."""

from __future__ import annotations

from deckwright.model.change import Change

import time
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from deckwright import __version__
from deckwright.build.pages import Choices, Page, accepted_pictures, lay_out
from deckwright.build.baseline import FILE, Baseline, new_faults, read_baseline
from deckwright.build.failures import failure_diagnostic
from deckwright.build.cases import cases_of
from deckwright.checks import run_checks
from deckwright.build.select import choose
from deckwright.compose.accept import accept
from deckwright.compose.compose import compose
from deckwright.resolve.jobs import chosen_jobs
from deckwright.build.ports import Ports, Emit, OnText, Renderer
from deckwright.machine.environment import versions_of
from deckwright.errors import ConfigError, DeviceMissing
from deckwright.build.inspect import examine, known_difference, pictures
from deckwright.files.disk import syntax_of
from deckwright.files.tracked import FileState, FileLog, TrackedFiles
from deckwright.model import (
    Check,
    Course,
    Diagnostic,
    Evidence,
    ExpandedDeck,
    Plan,
    Record,
    Report,
    Request,
    Result,
    Script,
    State,
    Step,
    events,
    has_errors,
)
from deckwright.parse import parse_script
from deckwright.build.run import readers_of, run_plan, take_kept
from deckwright.plan.planner import Scope, make_plan
from deckwright.plan.reasons import CurrentState
from deckwright.project.diagnostics import store_warning
from deckwright.project.project import BUILD, Project
from deckwright.build.publish import make_room, publish, write_check, write_report
from deckwright.build.read import read_course
from deckwright.build.replay import before, conditions_of, remember, tell
from deckwright.resolve import resolve_scripts
from deckwright.store import RenderRecord, Store, BuildRecord
from deckwright.build.summary import summarise

_MOST_REPEATS = 3
"""How often a script runs again in one build: two that write what the other reads would never end."""




def build(project: Project, ports: Ports, request: Request, emit: Emit) -> Report:
    """Build decks: run what is stale, compose, render, report. Raises only `DeckwrightError`."""
    started = time.monotonic()
    conditions = conditions_of(project, ports)
    known = before(project, ports, request)
    witness = TrackedFiles(project.files, known)
    stages = _Stages(project, replace(project, files=witness), known, ports, request, emit)
    course = read_course(stages.sources, request.decks)
    if has_errors(course.diagnostics):
        return tell(stages.stopped(course), emit)
    plan, kept = stages.plan(course)
    with ports.renderer() as renderer:
        stages.show_early(renderer, course, plan, kept)
        plan, results = stages.run(course, plan, kept)
        expanded, pages = stages.composed(course, results, plan.missing)
        make_room(project, ports.store, pages)
        made = stages.published(renderer, pages)
        evidence = Evidence(course, plan, results, expanded, tuple(each.deck for each in made))
        if request.check:
            evidence = examine(stages.sources, ports, renderer, pages, evidence, emit, request.check.alone)
    report, left = stages.report(evidence, time.monotonic() - started)
    if stages.finish(course, plan):
        left |= {path: known for rendering in made for path, known in rendering.files.items()}
        seen = FileLog({path: FileState(known) for path, known in left.items()})
        remember(project, ports, request, BuildRecord(conditions, witness.file_log(), seen, report))
    return tell(_with_store_warning(project, ports.store, report), emit)


def plan_decks(
    project: Project, ports: Ports, request: Request
) -> tuple[Plan | None, tuple[Diagnostic, ...]]:
    """Decide what a build would run, and start nothing; return what is wrong besides, and None for errors."""
    # Data that several scripts read is not read for each of them.
    project = replace(project, files=TrackedFiles(project.files, before(project, ports, request)))
    course = read_course(project, request.decks)
    plan = None if has_errors(course.diagnostics) else _plan(project, ports, course, request)
    return plan, course.diagnostics


def sync(project: Project, ports: Ports, request: Request, emit: Emit) -> tuple[Report, dict[str, Change]]:
    """Run what is stale; return the source files that accepting the results would change.

    A request may name decks, and anything that `choose` knows by name.
    """
    only_decks = all(map(project.is_deck, request.decks))
    course = read_course(project, request.decks if only_decks else ())
    if has_errors(course.diagnostics):
        return Report(diagnostics=course.diagnostics), {}
    if not only_decks:
        course = choose(course, [project.named(name) for name in request.decks])
    stages = _Stages(project, project, None, ports, request, emit)
    plan, results = stages.run(course, *stages.plan(course))
    decks = {
        deck.path: Change(deck.text.encode(), accept(deck, course, results).encode()) for deck in course.decks
    }
    pictures = {
        path: _picture(project, ports, course, path, data)
        for path, data in accepted_pictures(course, results).items()
    }
    report = summarise(Evidence(course, plan, results, (), ()), 0.0, {})
    changes = {**decks, **pictures}
    report = _with_store_warning(project, ports.store, report)
    return report, {path: change for path, change in changes.items() if change.before != change.after}


def run_file(
    project: Project, ports: Ports, path: str, on_text: OnText
) -> tuple[Result | None, tuple[Diagnostic, ...]]:
    """Run one script, whatever is known of it, and hand on what it writes; nothing is kept."""
    texts, undecodable = project.texts([path])
    scripts = {path: parse_script(path, text) for path, text in texts.items()}
    wrong = (*undecodable, *(each for script in scripts.values() for each in script.diagnostics))
    if wrong:
        return None, wrong
    step = plan_script(project, ports, scripts[path])
    if step.state is State.ABSENT:
        raise DeviceMissing(f"{path} needs {step.job.device}, which is absent here")
    with ports.runner() as runner:
        (result,) = runner.run([step.job], lambda job: None, on_text)
    failed = failure_diagnostic(scripts[path], result)
    return result, (failed,) if failed else ()


def plan_script(project: Project, ports: Ports, script: Script) -> Step:
    """Decide how one script runs, whatever is known of it."""
    course = resolve_scripts({script.path: script})
    (step,) = _plan(project, ports, course, Request(force=script.path)).steps
    return step


# --- the stages, each with what it needs ------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Stages:
    """The stages of one build."""

    project: Project
    sources: Project
    """The same, but what is asked of it is written down: the build depends on it."""
    known: FileLog | None
    """What the last build of this request read, so that unchanged files keep their digests."""
    ports: Ports
    request: Request
    emit: Emit

    def stopped(self, course: Course) -> Report:
        """Return the report of a build that stops at what was read."""
        report = Report(diagnostics=course.diagnostics)
        if self.request.check:
            report = replace(report, cases=cases_of(course, {}, course.diagnostics))
            write_check(self.project, report, ())
        return report

    def plan(self, course: Course) -> tuple[Plan, dict[str, Result]]:
        """Return the plan, and the results that are kept."""
        plan = _plan(self.sources, self.ports, course, self.request)
        plan, kept = take_kept(self.ports, course, plan, _scope(course, self.request))
        self.emit(_planned(plan))
        return plan, kept

    def run(self, course: Course, plan: Plan, kept: Mapping[str, Result]) -> tuple[Plan, dict[str, Result]]:
        """Run what is stale; then again what has read files that others of these runs wrote later."""
        results = run_plan(self.project, self.ports, plan, kept, self.emit)
        ran, repeats = {step.job.id for step in plan.stale}, Counter[str]()
        while ran:
            readers = readers_of(self.ports, course, {job: results[job].writes for job in ran})
            late = {job for job in readers if repeats[job] < _MOST_REPEATS}
            again, true = self._plan_of(course, late) if late else (Plan(()), {})
            ran = {step.job.id for step in again.stale}
            repeats.update(ran)
            if ran:
                self.emit(_planned(again, again=True))
            plan = plan.with_steps(again.steps)
            results |= run_plan(self.project, self.ports, again, true, self.emit)
            # What read them, and was not asked for, is no longer known to be true.
            results = {job: result for job, result in results.items() if job not in again.missing}
        return plan, results

    def _plan_of(self, course: Course, jobs: Collection[str]) -> tuple[Plan, dict[str, Result]]:
        """Return the plan of these alone, as files are now, and the results that are kept."""
        files = TrackedFiles(self.project.files, self.known)
        plan = _plan(replace(self.project, files=files), self.ports, course, replace(self.request, force=""))
        plan = Plan(tuple(step for step in plan.steps if step.job.id in jobs))
        return take_kept(self.ports, course, plan, _scope(course, self.request))

    def show_early(self, renderer: Renderer, course: Course, plan: Plan, kept: Mapping[str, Result]) -> None:
        """Warm up Marp and the browser while scripts run; where that takes long, make pages without them."""
        if plan.stale:  # something will change
            renderer.start(browser=self.request.pdf)
        if self.request.early_seconds is not None and plan.takes(self.request.early_seconds):
            _, pages = self.composed(course, kept, plan.pending)
            make_room(self.project, self.ports.store, pages)
            self.published(renderer, pages)

    def composed(
        self, course: Course, results: Mapping[str, Result], missing: Mapping[str, str]
    ) -> tuple[tuple[ExpandedDeck, ...], list[Page]]:
        """Return the decks with everything put in, and their pages, ready to be rendered."""
        expanded = tuple(compose(deck, course, results, missing) for deck in course.decks)
        decks = frozenset({*self.sources.lectures(), *(deck.path for deck in course.decks)})
        versions, themes = self.ports.render_versions(), self.sources.themes()
        choices = Choices(self.request.pdf, self.request.notes, versions, themes, decks)
        return expanded, [
            lay_out(self.sources, course, results, deck, text, choices)
            for deck, text in zip(course.decks, expanded, strict=True)
        ]

    def published(self, renderer: Renderer, pages: Sequence[Page]) -> list[RenderRecord]:
        return [publish(self.project, self.ports.store, renderer, page, self.emit) for page in pages]

    def report(self, evidence: Evidence, seconds: float) -> tuple[Report, dict[str, str]]:
        """Return what there is to tell, and the digests of the files that tell it."""
        report = summarise(evidence, seconds, _versions(self.ports))
        left = write_report(self.project, self.ports.store, self.request, report)
        if self.request.check:
            report = _judged(self.sources, self.request, self.request.check, evidence, report)
            left |= write_check(self.project, report, pictures(evidence))
        return report, left

    def finish(self, course: Course, plan: Plan) -> bool:
        """Forget what no deck needs; return whether all results are true: runs may have read what changed."""
        after = (
            _plan(self.sources, self.ports, course, replace(self.request, force="")) if plan.stale else plan
        )
        if not self.request.decks:  # only a build of all decks knows what no deck needs any more
            store = self.ports.store
            # One that went meanwhile has left files: the next build must know of them.
            decks = {*remembered_decks(self.project, store), *(deck.path for deck in course.decks)}
            store.prune(needed_records(after), decks, self.project.settings.store_bytes)
        return not after.stale


def _plan(project: Project, ports: Ports, course: Course, request: Request) -> Plan:
    """Decide what has to run. Raises ConfigError if a pattern fits no script."""
    now = CurrentState(
        python=ports.environment.python,
        packages=ports.environment.state(),
        device_for=ports.device_for,
        digest_of=project.files.digest,
        syntax_of=partial(syntax_of, project.files),
    )
    return make_plan(
        course.jobs.values(), now, ports.store.records, _scope(course, request), ports.store.shared_records
    )


def _scope(course: Course, request: Request) -> Scope:
    """Return which scripts a request is about. Raises ConfigError if a pattern fits no script."""
    wish = Scope()
    if request.force:
        wish = replace(wish, forced=_chosen(course, request.force).__contains__)
    if request.only:
        wish = replace(wish, wanted=_chosen(course, request.only).__contains__)
    return wish


def _picture(project: Project, ports: Ports, course: Course, path: str, fresh: bytes) -> Change:
    accepted = project.files.read(path) if project.files.exists(path) else None
    found = known_difference(ports, course, path, accepted, fresh) if accepted else None
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


def _versions(ports: Ports) -> dict[str, str]:
    packages = versions_of(["torch", "torchvision", "matplotlib"], ports.environment)
    versions = {"deckwright": __version__, **packages, **ports.render_versions()}
    versions.pop("code", None)  # a digest of ours, which tells a reader nothing
    return versions


def _judged(project: Project, request: Request, check: Check, evidence: Evidence, report: Report) -> Report:
    """Return a build's report weighed as a check does: judged, and less what the baseline knows."""
    found = run_checks(evidence, report.diagnostics, {*check.allowed, *project.settings.allow})
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
    fixed = known.size - passed
    return replace(report, diagnostics=new, cases=cases, unproved=unproved, known=passed, fixed=fixed)


def _with_store_warning(project: Project, store: Store, report: Report) -> Report:
    """Return the report as it is told today: it is not remembered whether others could be reached."""
    if not store.trouble:
        return report
    warning = store_warning(project.files, project.settings, store.trouble)
    return replace(report, diagnostics=(*report.diagnostics, warning))


def _planned(plan: Plan, again: bool = False) -> events.Planned:
    last = {step.job.id: step.last_seconds for step in plan.stale}
    return events.Planned(len(plan.steps), len(last), last, again)
