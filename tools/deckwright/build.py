"""The pipeline: read, resolve, plan, run, compose, render, report. Nothing else knows the order."""

from __future__ import annotations

import time
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from deckwright import __version__, layout
from deckwright.baseline import FILE, Baseline, new_faults, read_baseline
from deckwright.blame import anchored, blame
from deckwright.cases import cases_of
from deckwright.checks import judge
from deckwright.compose.accept import accept
from deckwright.compose.compose import compose
from deckwright.doors import Doors, Emit, OnText, Renderer
from deckwright.environment import Environment, versions_of
from deckwright.errors import ConfigError, DeviceMissing
from deckwright.examine import CHECKED, examine, pictures
from deckwright.files import Seen, Testimony, Witness, syntax_of
from deckwright.fingerprint import ABSENT, ALL_PACKAGES, UNSETTLED, digest
from deckwright.model import (
    NO_FILE,
    Check,
    Course,
    Diagnostic,
    Event,
    Evidence,
    Job,
    Plan,
    Record,
    RenderedDeck,
    Report,
    Request,
    Result,
    State,
    Step,
    has_errors,
)
from deckwright.parse import parse_deck, parse_script
from deckwright.plan import Now, Wish, make_plan, without_result
from deckwright.project import Project
from deckwright.recall import before, conditions_of, remember, tell
from deckwright.resolve import chosen_jobs, resolve, resolve_scripts, theme_names, wanted_scripts
from deckwright.store import Rendering, Store, Told, unchanged, write_atomic
from deckwright.summary import merged, summarise
from deckwright.whole import remove_begun


@dataclass(frozen=True, slots=True)
class Change:
    """A source file that accepting results would change."""

    before: bytes | None
    """What it held when the results were made; None if it was not there."""
    after: bytes


def build(project: Project, doors: Doors, request: Request, emit: Emit) -> Report:
    """Build decks: run what is stale, compose, render, report. Raises only `DeckwrightError`."""
    started = time.monotonic()
    conditions = conditions_of(project, doors)
    witness = Witness(project.files, before(project, doors, request))
    watched = replace(project, files=witness)
    course = read_course(watched, request.decks)
    if has_errors(course.diagnostics):
        return tell(_stopped(course, request), emit)
    plan, kept = take_kept(doors, course, plan_course(watched, doors, course, request), request)
    emit(_planned(plan))
    with doors.renderer() as renderer:
        if plan.stale:  # something will change: Marp and the browser warm up while scripts run
            renderer.start(browser=request.pdf)
        results = run_plan(project, doors, plan, kept, emit)
        expanded = [compose(deck, course, results, plan.missing) for deck in course.decks]
        choices = layout.Choices(request.pdf, request.notes, doors.render_versions(), watched.themes())
        pages = [
            layout.lay_out(watched, course, results, deck, text, choices)
            for deck, text in zip(course.decks, expanded, strict=True)
        ]
        # What earlier builds told is about to change; if this one is killed, the next must not tell it again.
        doors.store.forget_builds()
        remove_begun(project.build)
        _remove_left(project, doors.store, pages)
        made = [
            _current(project, doors.store, page) or _render(project, doors.store, renderer, page, emit)
            for page in pages
        ]
        rendered = tuple(each.deck for each in made)
        evidence = Evidence(course, plan, results, tuple(expanded), rendered)
        if request.check:
            evidence = examine(watched, doors, renderer, pages, evidence, emit, request.check.alone)
    seconds = time.monotonic() - started
    report = summarise(course, plan, results, expanded, rendered, seconds, _versions(doors))
    left = _write_report(project, doors.store, request, report)
    if request.check:
        report = _judged(watched, request.check, evidence, report)
        left |= _write_check(project, report, pictures(evidence))
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
    """Run what is stale; return the source files that accepting the results would change."""
    course = read_course(project, request.decks)
    if has_errors(course.diagnostics):
        return Report(diagnostics=course.diagnostics), {}
    plan, kept = take_kept(doors, course, plan_course(project, doors, course, request), request)
    emit(_planned(plan))
    results = run_plan(project, doors, plan, kept, emit)
    decks = {
        deck.path: Change(deck.text.encode(), accept(deck, course, results).encode()) for deck in course.decks
    }
    pictures = {
        path: Change(project.files.read(path) if project.files.exists(path) else None, data)
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


def read_course(project: Project, named: Sequence[str]) -> Course:
    """Read and resolve decks and the scripts that they name."""
    files = project.files
    texts, wrong = project.texts(project.decks(named))
    decks = [parse_deck(path, text, project.settings.marp.dialect) for path, text in texts.items()]
    wanted = {path for deck in decks for path in wanted_scripts(deck, files.exists)}
    labelled = (path for path in project.snippets() if b"label:" in files.read(path))
    readable = (path for path in sorted({*wanted, *labelled}) if files.exists(path))
    sources, wrong_scripts = project.texts(readable)
    scripts = {path: parse_script(path, text) for path, text in sources.items()}
    themes = theme_names(project.themes().values())
    course = resolve(decks, scripts, project.scripts(), files.exists, themes)
    return replace(course, diagnostics=(*project.unread(), *wrong, *wrong_scripts, *course.diagnostics))


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
        course.jobs.values(), now, doors.store.records, wish_of(course, request), doors.store.shared_records
    )


def wish_of(course: Course, request: Request) -> Wish:
    """Return which scripts a request is about. Raises ConfigError if a pattern fits no script."""
    wish = Wish()
    if request.force:
        wish = replace(wish, forced=_chosen(course, request.force).__contains__)
    if request.only:
        wish = replace(wish, wanted=_chosen(course, request.only).__contains__)
    return wish


def take_kept(doors: Doors, course: Course, plan: Plan, request: Request) -> tuple[Plan, dict[str, Result]]:
    """Return the results of fresh steps by job; and the plan, in which damaged ones are not fresh."""
    wish = wish_of(course, request)
    results: dict[str, Result] = {}
    steps: list[Step] = []
    for step in plan.steps:
        kept = doors.store.get(step.record) if step.record and step.state is State.FRESH else None
        if kept:
            results[step.job.id] = anchored(course.scripts[step.job.id], kept)
        steps.append(without_result(step, wish) if step.state is State.FRESH and not kept else step)
    return Plan(tuple(steps)), results


def run_plan(
    project: Project, doors: Doors, plan: Plan, kept: Mapping[str, Result], emit: Emit
) -> dict[str, Result]:
    """Run what is stale, and keep it; return all results by job."""
    results = dict(kept)
    runs = [(s.record, kept[s.job.id]) for s in plan.steps if s.record and s.job.id in kept]
    stale = {step.job.id: step for step in plan.stale}
    if stale:
        for result in _run(doors, stale, emit):
            results[result.job] = result
            runs.append((_record(project, doors, stale[result.job], result), result))
            doors.store.put(*runs[-1])
        # After all have run, because it may take long; all, because a build may have been killed here.
        for run in runs:
            doors.store.share(*run)
    return results


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


def _run(doors: Doors, stale: Mapping[str, Step], emit: Emit) -> Iterator[Result]:
    jobs = [step.job for step in stale.values()]

    def on_start(job: str) -> None:
        step = stale[job]
        emit(Event("started", job, {"last_seconds": step.last_seconds, "device": step.job.device}))

    with doors.runner() as runner:
        for result in runner.run(jobs, on_start):
            status = str(result.failure.kind) if result.failure else "ok"
            detail = {"status": status, "seconds": round(result.seconds, 3)}
            emit(Event("finished", result.job, detail))
            yield result


def _record(project: Project, doors: Doors, step: Step, result: Result) -> Record:
    reads = {path: _digest_then(project, result, path) for path in result.reads}
    packages = doors.environment.packages(result.imports)
    if _lacks(doors.environment, step.job, result):  # whatever is installed next may bring it
        packages[ALL_PACKAGES] = doors.environment.state()[ALL_PACKAGES]
    failed = result.failure is not None
    return Record(step.job.id, step.key, step.parts, reads, packages, result.seconds, failed)


def _lacks(environment: Environment, job: Job, result: Result) -> bool:
    """Whether a module that a script imports was not to be had: it may have failed, or done without."""
    named = {name.partition(".")[0] for name in job.imports} & set(result.imports)
    raised = result.failure.raised if result.failure else None
    failed = raised is not None and raised.type.endswith(("ImportError", "ModuleNotFoundError"))
    return failed or not all(map(environment.provides, named))


def _digest_then(project: Project, result: Result, path: str) -> str:
    """Return the digest of a file as the run read it; a change since then makes the run stale at once."""
    files, stamp = project.files, result.reads[path]
    if stamp == NO_FILE:
        return ABSENT
    now = syntax_of(files, path) if path in result.modules else files.digest(path)
    return now if stamp is None or files.stamp(path) == stamp else UNSETTLED


def _current(project: Project, store: Store, page: layout.Page) -> Rendering | None:
    """Return a deck's last rendering if nothing changed since, its own files included."""
    kept = store.rendering(page.deck)
    if kept is None or kept.key != page.key or not unchanged(project.build, kept.files):
        return None
    return kept


def _render(project: Project, store: Store, renderer: Renderer, page: layout.Page, emit: Emit) -> Rendering:
    emit(Event("rendering", page.deck))
    started = time.monotonic()
    # A build that is killed from here on leaves files: the next one must know of them.
    store.forget_builds()
    begun = dict.fromkeys(layout.page_files(project, page), "")
    store.put_rendering(Rendering("", RenderedDeck(page.deck, 0, ""), begun))
    for path, data in page.files.items():
        write_atomic(project.build / path, data, sync=False)
    made = renderer.render(page.request)
    rendering = Rendering(page.key, made, layout.made_files(project, page, made))
    store.put_rendering(rendering)
    counts = {"slides": made.slides, "pages": made.pdf_pages}
    emit(Event("rendered", page.deck, {**counts, "seconds": time.monotonic() - started}))
    return rendering


def _versions(doors: Doors) -> dict[str, str]:
    packages = versions_of(["torch", "torchvision", "matplotlib"], doors.environment)
    return {"deckwright": __version__, **packages, **doors.render_versions()}


def _write_report(project: Project, store: Store, request: Request, report: Report) -> dict[str, str]:
    """Write report.json and index.html, and return their digests; a build of some decks drops no others."""
    last = store.report() if request.decks else None
    shown = merged(last, report, project.files.exists) if last else report
    store.put_report(shown)
    files = {"report.json": layout.report_file(shown), "index.html": layout.index_file(project, shown)}
    for path, data in files.items():
        write_atomic(project.build / path, data)
    return {path: digest(data) for path, data in files.items()}


def _stopped(course: Course, request: Request) -> Report:
    """Return the report of a build that stops at what was read."""
    cases = cases_of(course, {}, course.diagnostics) if request.check else ()
    return Report(diagnostics=course.diagnostics, cases=cases)


def _judged(project: Project, check: Check, evidence: Evidence, report: Report) -> Report:
    """Return a build's report weighed as a check does: judged, and less what the baseline knows."""
    found = judge(evidence, report.diagnostics, {*check.allowed, *project.settings.allow})
    known = Baseline()
    if check.baseline and project.files.exists(FILE):
        known = read_baseline(project.files.read(FILE))
    new = new_faults(known, found)
    cases = cases_of(evidence.course, evidence.results, new)
    return replace(report, diagnostics=new, cases=cases, known=len(found) - len(new))


def _write_check(project: Project, report: Report, shown: Collection[str]) -> dict[str, str]:
    """Write the page that shows what is wrong; return digests of it and of the pictures that it shows."""
    data = layout.check_file(report)
    write_atomic(project.build / CHECKED / "index.html", data)
    pictures = {path: digest((project.build / path).read_bytes()) for path in shown}
    return {f"{CHECKED}/index.html": digest(data), **pictures}


def _remove_left(project: Project, store: Store, pages: Sequence[layout.Page]) -> None:
    """Remove what earlier renderings left and no page needs now: nothing old must be found by a new one."""
    needed = {page.deck: layout.page_files(project, page) for page in pages}
    left: set[str] = set()
    for deck in store.decks():
        rendering = store.rendering(deck)
        files = set(rendering.files) if rendering else set()
        if deck in needed or not project.files.exists(deck):
            left |= files
        else:  # of another build, which named it
            needed[deck] = files
    for path in left.difference(*needed.values()):
        (project.build / path).unlink(missing_ok=True)


def _with_store_warning(project: Project, store: Store, report: Report) -> Report:
    """Return the report as it is told today: it is not remembered whether others could be reached."""
    warnings = (project.store_warning(store.trouble),) if store.trouble else ()
    return replace(report, diagnostics=(*report.diagnostics, *warnings))


def _planned(plan: Plan) -> Event:
    last = {step.job.id: step.last_seconds for step in plan.stale}
    return Event("planned", detail={"steps": len(plan.steps), "stale": len(last), "last": last})
