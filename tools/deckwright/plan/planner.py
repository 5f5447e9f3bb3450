"""Jobs + last records -> `Plan`: every step fresh, stale, skipped or absent, with the reason."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from deckwright.files.digests import ABSENT
from deckwright.model import Job, Plan, Record, State, Step
from deckwright.plan.keys import job_key, job_parts
from deckwright.plan.reasons import TAKEN, CurrentState, _became, _difference


@dataclass(frozen=True, slots=True)
class Scope:
    """Which scripts the command is about; each predicate takes a job's id."""

    forced: Callable[[str], bool] = lambda job: False
    """Runs whatever is known of it."""
    wanted: Callable[[str], bool] = lambda job: True
    """May run at all."""


@dataclass(frozen=True, slots=True)
class _Runs:
    """What is known of a job's runs."""

    last: Record | None = None
    alike: Record | None = None
    """The last one of the same code, with the same options, on the same device: how it differs is
    what was changed since, also where an edit was undone."""
    true: Record | None = None


RecordsOf = Callable[[str], Iterable[Record]]
"""The records of a job's runs, the last one first."""

SharedOf = Callable[[Sequence[str]], Mapping[str, Sequence[Record]]]
"""The records that other machines left, for some keys at once, by key."""


def make_plan(
    jobs: Iterable[Job],
    now: CurrentState,
    records_of: RecordsOf,
    wish: Scope = Scope(),
    shared_of: SharedOf = lambda keys: {},
) -> Plan:
    """Decide for each job whether a result of it is still true.

    `shared_of` is asked once, and only about what would run otherwise.
    """
    steps = [_step(job, now, records_of, wish) for job in jobs]
    due = (step for step in steps if step.state in (State.STALE, State.SKIPPED))
    lacking = [step.key for step in due if not wish.forced(step.job.id)]
    shared = shared_of(lacking) if lacking else {}
    steps = [_taken(step, shared[step.key], now) if step.key in shared else step for step in steps]

    def last_of(step: Step) -> Record | None:
        return step.record or next(chain(records_of(step.job.id), shared.get(step.key, ())), None)

    steps = _with_makers(steps, now, last_of, wish)
    return Plan(tuple(sorted(steps, key=_longest_first)))


def without_result(step: Step, wish: Scope) -> Step:
    """Return a fresh step as it stands when its result turns out to be damaged."""
    return _due(replace(step, record=None), "its result is damaged", wish)


def _step(job: Job, now: CurrentState, records_of: RecordsOf, wish: Scope) -> Step:
    device = now.device_for(job.options.device)
    given = replace(job, device=device or job.options.device)
    parts = job_parts(given, now.python)
    runs = _look_back(records_of(job.id), parts, now)
    true = runs.true
    step = Step(
        given,
        job_key(parts),
        parts,
        State.FRESH,
        "it failed, and nothing changed" if true and true.failed else "nothing changed",
        true,
        runs.last.seconds if runs.last else None,
    )
    if device is None:
        return replace(step, state=State.ABSENT, reason=f"{job.options.device} is absent here")
    if wish.forced(job.id):
        return replace(step, state=State.STALE, reason="you asked for it")
    if true is None:
        nearest = runs.alike or runs.last
        reason = _difference(parts, nearest, now) if nearest else "it never ran"
        return _due(step, reason, wish)
    return step


def _look_back(records: Iterable[Record], parts: Mapping[str, str], now: CurrentState) -> _Runs:
    """Look at a job's runs, the last one first, as far as to one that is true."""
    runs = _Runs()
    for record in records:
        runs = replace(runs, last=runs.last or record)
        if not _difference(parts, record, now):
            return replace(runs, true=record)
        if record.parts == parts:
            runs = replace(runs, alike=runs.alike or record)
    return runs


def _due(step: Step, reason: str, wish: Scope) -> Step:
    if wish.wanted(step.job.id):
        return replace(step, state=State.STALE, reason=reason)
    return replace(step, state=State.SKIPPED, reason=f"{reason}, and it was not asked for")


def _with_makers(
    steps: list[Step], now: CurrentState, last_of: Callable[[Step], Record | None], wish: Scope
) -> list[Step]:
    """Let those run, too, that make what others read, where it is not as they left it.

    An undo, say, has brought an older result back, and not the files that its run wrote.
    """
    makers = _sole_makers(step for step in steps if step.state is State.FRESH)
    reasons: dict[str, str] = {}
    for step in steps if makers else ():
        record = last_of(step) if step.state in (State.FRESH, State.STALE) else None
        for path in sorted(makers.keys() & record.reads.keys() - record.writes.keys()) if record else ():
            maker, made = makers[path]
            if (digest := now.digest_of(path)) != made:
                reasons[maker] = f"{path} {_became(made, digest)}, which it makes and {step.job.id} reads"
    return [
        _due(replace(step, record=None), reasons[step.job.id], wish) if step.job.id in reasons else step
        for step in steps
    ]


def _sole_makers(steps: Iterable[Step]) -> Mapping[str, tuple[str, str]]:
    """Return job and digest of each file that just one of the true runs wrote and left."""
    made: dict[str, list[tuple[str, str]]] = {}
    for step in steps:
        for path, digest in step.record.writes.items() if step.record else ():
            made.setdefault(path, []).append((step.job.id, digest))
    return {path: by[0] for path, by in made.items() if len(by) == 1 and by[0][1] != ABSENT}


def _taken(step: Step, records: Iterable[Record], now: CurrentState) -> Step:
    """Return a step with another machine's result if one is true here."""
    true = next((record for record in records if not _difference(step.parts, record, now)), None)
    return replace(step, state=State.FRESH, reason=TAKEN, record=true) if true else step


def _longest_first(step: Step) -> tuple[float, str]:
    # What never ran may be long: it goes first, so that it does not end last.
    seconds = float("inf") if step.last_seconds is None else step.last_seconds
    return (-seconds, step.job.id)
