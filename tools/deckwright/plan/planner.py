"""The plan: from jobs and records of their runs to steps that are fresh, stale, skipped or absent."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import chain, islice

from deckwright.files.digests import ABSENT
from deckwright.frozen import dataclass
from deckwright.model import Job, Plan, Record, State, Step, reasons
from deckwright.plan.keys import job_key, job_parts
from deckwright.plan.reasons import CurrentState, change_text, difference


@dataclass(frozen=True, slots=True)
class Scope:
    """Which scripts a command is about: predicates of a job's id."""

    forced: Callable[[str], bool] = lambda job: False
    """Whether it runs although nothing changed."""
    wanted: Callable[[str], bool] = lambda job: True
    """Whether it may run at all."""
    has_run: Callable[[str], bool] = lambda job: False
    """Whether it has run in this build already: the last record of it is then the one that counts."""
    retried: Callable[[Job, Record], bool] = lambda job, record: True
    """Whether a job runs again that failed for a reason that may lie outside of its script."""


_EVERYTHING = Scope()

RecordsOf = Callable[[str], Iterable[Record]]
"""Returns the records of a job's runs, the last one first."""


def make_plan(
    jobs: Iterable[Job],
    now: CurrentState,
    records_of: RecordsOf,
    scope: Scope = _EVERYTHING,
    shared_of: Callable[[Sequence[str]], Mapping[str, Sequence[Record]]] = lambda keys: {},
) -> Plan:
    """Decide for each job whether one of its results is still true.

    `shared_of` returns the records of other machines' runs with some keys, by key; it is called at most
    once, for jobs that would run otherwise.
    """
    steps = [_step(job, now, records_of, scope) for job in jobs]
    due = (step for step in steps if step.state in (State.STALE, State.SKIPPED))
    keys = [step.key for step in due if not scope.forced(step.job.id)]
    shared = shared_of(keys) if keys else {}
    steps = [_with_shared(step, shared[step.key], now) if step.key in shared else step for step in steps]

    def last_of(step: Step) -> Record | None:
        return step.record or next(chain(records_of(step.job.id), shared.get(step.key, ())), None)

    steps = _with_makers(steps, now, last_of, scope)
    return Plan(tuple(sorted(steps, key=_longest_first)))


def without_result(step: Step, scope: Scope) -> Step:
    """Return a fresh step as a stale one, because its result is damaged."""
    return _due(replace(step, record=None), reasons.DAMAGED, scope)


def _step(job: Job, now: CurrentState, records_of: RecordsOf, scope: Scope) -> Step:
    device = now.device_for(job.options.device)
    job = replace(job, device=device or job.options.device)
    parts = job_parts(job, now.python)
    is_forced, has_run = scope.forced(job.id), scope.has_run(job.id)
    records = islice(records_of(job.id), 1 if is_forced and has_run else None)
    valid, untrue = _last_valid(records, lambda record: _why_untrue(record, job, parts, now, scope))
    last = next(iter(untrue), valid)
    reason = reasons.unchanged(failed=bool(valid and valid.failed))
    if valid and valid.outside:
        reason = reasons.waits_for_save(valid.outside)
    last_seconds = last.seconds if last else None
    step = Step(job, job_key(parts), parts, State.FRESH, reason, valid, last_seconds)
    if absent := _absent(job, now):
        return replace(step, state=State.ABSENT, reason=absent)
    if is_forced and not has_run:
        return replace(step, state=State.STALE, reason=reasons.FORCED)
    if valid is None:
        # The difference from the last run with the same key is what changed, also after an undo.
        nearest = next((record for record in untrue if record.parts == parts), last)
        reason = _why_untrue(nearest, job, parts, now, scope) if nearest else reasons.NEVER_RAN
        return _due(step, reason, scope)
    return step


def _absent(job: Job, now: CurrentState) -> str:
    """Say what a job needs that is not here; empty if all is."""
    needed = job.options.device
    if now.device_for(needed) is None:
        return f"{needed} is absent here"
    if needed == "cuda" and job.options.gpus > now.gpus:
        return f"it needs {job.options.gpus} GPUs, and there is no more than {now.gpus} here"
    return ""


def _why_untrue(record: Record, job: Job, parts: Mapping[str, str], now: CurrentState, scope: Scope) -> str:
    """Say why the result of a run is not true any more; empty if it is."""
    changed = difference(job, parts, record, now)
    # Nothing says whether the cause of such a failure is gone: the next build finds out.
    is_in_doubt = record.outside and not scope.has_run(job.id) and scope.retried(job, record)
    return changed or (reasons.may_lie_outside(record.outside) if is_in_doubt else "")


def _last_valid(
    records: Iterable[Record], why_untrue: Callable[[Record], str]
) -> tuple[Record | None, Sequence[Record]]:
    """Return the last run whose result is still true, and all later ones, the last one first."""
    untrue: list[Record] = []
    for record in records:
        if not why_untrue(record):
            return record, untrue
        untrue.append(record)
    return None, untrue


def _due(step: Step, reason: str, scope: Scope) -> Step:
    if scope.wanted(step.job.id):
        return replace(step, state=State.STALE, reason=reason)
    return replace(step, state=State.SKIPPED, reason=f"{reason}, and {reasons.NOT_SELECTED}")


def _with_makers(
    steps: list[Step], now: CurrentState, last_of: Callable[[Step], Record | None], scope: Scope
) -> list[Step]:
    """Also run fresh scripts that write files which others read, if the files have changed since.

    An undo, for example, makes an older result true again, but does not restore the files of its run.
    """
    makers = _sole_makers(step for step in steps if step.state is State.FRESH)
    due: dict[str, str] = {}
    for step in steps if makers else ():
        record = last_of(step) if step.state in (State.FRESH, State.STALE) else None
        for path in sorted(makers.keys() & record.reads.keys() - record.writes.keys()) if record else ():
            maker, digest_then = makers[path]
            if (digest := now.digest_of(path)) != digest_then:
                due[maker] = (
                    f"{path} {change_text(digest_then, digest)}, which it makes and {step.job.id} reads"
                )
    return [
        _due(replace(step, record=None), due[step.job.id], scope) if step.job.id in due else step
        for step in steps
    ]


def _sole_makers(steps: Iterable[Step]) -> Mapping[str, tuple[str, str]]:
    """Return job and digest of each file that exactly one of the valid runs wrote and did not remove."""
    writers: dict[str, list[tuple[str, str]]] = {}
    for step in steps:
        written = step.record.writes if step.record else {}
        for path, digest in written.items():
            writers.setdefault(path, []).append((step.job.id, digest))
    return {path: by[0] for path, by in writers.items() if len(by) == 1 and by[0][1] != ABSENT}


def _with_shared(step: Step, records: Iterable[Record], now: CurrentState) -> Step:
    """Return a step with the result of another machine, if one is true here."""
    good = (each for each in records if not each.failed)
    valid = next((each for each in good if not difference(step.job, step.parts, each, now)), None)
    return replace(step, state=State.FRESH, reason=reasons.SHARED, record=valid) if valid else step


def _longest_first(step: Step) -> tuple[float, str]:
    # A script that never ran may take long, so it starts first.
    seconds = float("inf") if step.last_seconds is None else step.last_seconds
    return (-seconds, step.job.id)
