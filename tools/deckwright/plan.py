"""Jobs + last records -> `Plan`: every step fresh, stale or absent, with the reason."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from deckwright.fingerprint import job_key, job_parts, same_reads
from deckwright.model import Job, Plan, Record, State, Step

_CHANGED = {
    "code": "its code changed",
    "options": "its options changed",
    "environment": "Python, a package or Deckwright changed",
    "device": "it gets another device",
    "figures": "other figures are asked for",
}


def make_plan(
    jobs: Iterable[Job],
    *,
    record_of: Callable[[str], Record | None],
    digest_of: Callable[[str], str],
    device_for: Callable[[str], str | None],
    environment: str,
    force: bool = False,
) -> Plan:
    """Decide for each job whether its last result is still true.

    `record_of` gives a job's last record, `digest_of` the digest of a project file as it is now,
    `device_for` the device that a wish gets (None: absent here).
    """
    steps = []
    for job in jobs:
        device = device_for(job.options.device)
        given = replace(job, device=device or job.options.device)
        parts = job_parts(given, environment)
        record = record_of(job.id)
        state, reason = _judge(parts, record, digest_of, job.id)
        if device is None:
            state, reason = State.ABSENT, f"{job.options.device} is absent here"
        elif force:
            state, reason = State.STALE, "you asked for it"
        steps.append(Step(given, job_key(parts), parts, state, reason, record.seconds if record else None))
    return Plan(tuple(sorted(steps, key=_longest_first)))


def _judge(
    parts: Mapping[str, str],
    record: Record | None,
    digest_of: Callable[[str], str],
    job: str,
) -> tuple[State, str]:
    if record is None:
        return State.STALE, "it never ran"
    changed = [name for name, digest in parts.items() if record.parts.get(name) != digest]
    if changed:
        return State.STALE, _CHANGED[changed[0]]
    now = {path: digest_of(path) for path in record.reads}
    if paths := same_reads(record.reads, now):
        return State.STALE, f"{paths[0]} changed, read by {job}"
    return State.FRESH, "it failed, and nothing changed" if record.failed else "nothing changed"


def _longest_first(step: Step) -> tuple[float, str]:
    # What never ran may be long: it goes first, so that it does not end last.
    seconds = float("inf") if step.last_seconds is None else step.last_seconds
    return (-seconds, step.job.id)
