"""A plan -> results: those that are kept, and fresh ones of what is stale, each with its record."""

from __future__ import annotations

from collections.abc import Callable, Collection, Generator, Mapping
from contextlib import closing
from functools import cache, partial

from deckwright.build.context import Context
from deckwright.build.tracebacks import anchored
from deckwright.build.writers import last_record, makers, writers_of
from deckwright.execute.outside import outside_cause
from deckwright.files.digests import ABSENT, ALL_PACKAGES, CHANGED_MEANWHILE, MADE
from deckwright.files.disk import Files, syntax_of
from deckwright.files.variables import names_in, salted
from deckwright.machine.environment import Environment
from deckwright.model import (
    MADE_FILE,
    NO_FILE,
    Course,
    Job,
    Plan,
    Record,
    Result,
    State,
    Status,
    Step,
    events,
)
from deckwright.plan.planner import Scope, without_result


def take_kept(context: Context, course: Course, plan: Plan, scope: Scope) -> tuple[Plan, dict[str, Result]]:
    """Return the results of fresh steps by job; and the plan, in which damaged ones are not fresh."""
    results: dict[str, Result] = {}
    steps: list[Step] = []
    for step in plan.steps:
        kept = context.ports.store.get(step.record) if step.record and step.state is State.FRESH else None
        if kept:
            results[step.job.id] = anchored(course.scripts[step.job.script], kept)
        steps.append(without_result(step, scope) if step.state is State.FRESH and not kept else step)
    return Plan(tuple(steps)), results


def run_plan(context: Context, plan: Plan, kept: Mapping[str, Result]) -> Generator[Result]:
    """Run what is stale, keep it, and yield each result as it comes."""
    runs = [(s.record, kept[s.job.id]) for s in plan.steps if s.record and s.job.id in kept]
    stale = {step.job.id: step for step in plan.stale}
    if not stale:
        return
    record = recorder(context)
    with closing(_run(context, stale)) as results:
        for result in results:
            if _may_be_kept(result, context.ports.secrets):
                runs.append((record(stale[result.job], result), result))
                context.ports.store.put(*runs[-1])
            # Only now: what a build that is stopped has called finished is kept.
            status = result.failure.kind if result.failure else Status.OK
            context.emit(events.Finished(result.job, status, round(result.seconds, 3)))
            yield result
    # After all have run, because it may take long; all, because a build may have been killed here.
    for run in runs:
        context.ports.store.share(*run)


def _may_be_kept(result: Result, secrets: Mapping[str, str]) -> bool:
    """Whether it is a result of the script, and its record would name no file with a secret in its name."""
    return not (result.lost_files or names_in((*result.reads, *result.writes), secrets))


def readers_of(context: Context, course: Course, writes: Mapping[str, Collection[str]]) -> frozenset[str]:
    """Return the jobs whose last run read what others wrote; `writes` has the paths by job."""
    writers = writers_of(writes)
    records = {job: last_record(context, job) for job in (course.jobs if writers else ())}
    return frozenset(job for job, each in records.items() if each and makers(job, each.reads, writers))


def _run(context: Context, stale: Mapping[str, Step]) -> Generator[Result]:
    jobs = [step.job for step in stale.values()]

    def on_start(job: str, seconds: float) -> None:
        step = stale[job]
        context.emit(events.Started(job, step.last_seconds, step.job.device, round(seconds, 3)))

    with context.ports.runner() as runner:
        yield from runner.run(jobs, on_start)


def recorder(context: Context) -> Callable[[Step, Result], Record]:
    """Return what makes the record of a run."""
    # The metadata of all that a package needs take long to read, and most scripts import the same.
    return partial(_record, context, cache(context.ports.environment.packages))


def _record(
    context: Context, packages_of: Callable[[tuple[str, ...]], dict[str, str]], step: Step, result: Result
) -> Record:
    files, environment = context.project.files, context.ports.environment
    reads = {path: _digest_then(files, result, path, step.key) for path in result.reads}
    card = context.ports.cards_of(result.job) if step.job.device.startswith("cuda") else {}
    packages = {**packages_of(result.imports), **result.fonts, **card}
    if _lacks(environment, step.job, result):  # whatever is installed next may bring it
        packages[ALL_PACKAGES] = environment.state()[ALL_PACKAGES]
    failed = result.failure is not None
    outside = outside_cause(result.failure) if result.failure else ""
    writes = {path: files.digest(path) for path in result.writes if not path.endswith("/")}
    measured = (result.seconds, failed, writes, result.text, result.by_kernel)
    values = frozenset(value.name for value in step.job.values)
    return Record(step.job.id, step.key, step.parts, reads, packages, *measured, values, outside, result.card)


def _lacks(environment: Environment, job: Job, result: Result) -> bool:
    """Whether a module that a script imports was not to be had: it may have failed, or done without."""
    named = {name.partition(".")[0] for name in job.imports} & set(result.imports)
    raised = result.failure.raised if result.failure else None
    failed = raised is not None and raised.type.endswith(("ImportError", "ModuleNotFoundError"))
    return failed or not all(map(environment.provides, named))


def _digest_then(files: Files, result: Result, path: str, salt: str) -> str:
    """Return the digest of a file as the run read it; a change since then makes the run stale at once."""
    stamp = result.reads[path]
    if stamp == NO_FILE:
        return ABSENT
    now = syntax_of(files, path) if path in result.modules else files.digest(salted(path, salt))
    if stamp == MADE_FILE:
        return MADE + now if now != ABSENT else ABSENT
    return now if stamp is None or files.stamp(path) == stamp else CHANGED_MEANWHILE
