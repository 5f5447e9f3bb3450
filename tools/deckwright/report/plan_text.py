"""A plan as text for a terminal; colours and `width` as in `diagnostics_text`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from click import style

from deckwright.model import Plan, State, Step
from deckwright.report.excerpt import columns, fit, printable
from deckwright.report.phrases import duration, not_run_text

_STYLES: dict[State, dict[str, Any]] = {
    State.FRESH: {"fg": "green"},
    State.STALE: {"fg": "yellow"},
    State.ABSENT: {"dim": True},
    State.SKIPPED: {"dim": True},
}
_REASON_COLUMNS = 30
"""With fewer columns for it, a reason is below its step instead of beside it."""


def plan_text(plan: Plan, width: int | None = None) -> str:
    """Return a line per step that is not fresh (state, script, reason, last time), and counts."""
    if not plan.steps:
        return ", ".join(filter(None, ["nothing to run", not_run_text(plan.not_run)]))
    steps = [step for step in plan.steps if step.state is not State.FRESH]
    widest = max((columns(step.job.id) for step in steps), default=0)
    lines = [line for step in steps for line in _step_lines(step, widest, width)]
    return "\n".join([*lines, _plan_count(plan)])


def explanation_text(plan: Plan) -> str:
    """Return one sentence per step, in the order in which they would run."""
    verbs = {State.FRESH: "stays", State.STALE: "runs", State.ABSENT: "cannot run", State.SKIPPED: "waits"}
    lines = [
        f"{printable(step.job.id)} {style(verbs[step.state], **_STYLES[step.state])}: {_reason(step)}"
        for step in plan.steps
    ]
    return "\n".join([*lines, _plan_count(plan)])


def _step_lines(step: Step, widest: int, width: int | None) -> list[str]:
    name, reason = printable(step.job.id), _reason(step)
    state = style(f"{step.state:<7}", **_STYLES[step.state])
    if width is None or width - widest - 10 >= _REASON_COLUMNS:
        room = None if width is None else width - widest - 10
        pad = " " * (widest - columns(name))
        return [f"{state} {name}{pad}  {fit(reason, room)}"]
    return [f"{state} {fit(name, width - 8)}", " " * 8 + fit(reason, width - 8)]


def _reason(step: Step) -> str:
    last = "" if step.last_seconds is None else f"last {duration(step.last_seconds)}"
    notes = ", ".join(filter(None, [last, _card(step), *_needs(step)]))
    return printable(f"{step.reason} ({notes})" if notes else step.reason)


def _card(step: Step) -> str:
    """Return on which GPU a result came about."""
    card = dict(step.record.card) if step.record else {}
    model = card.pop("GPU", "")
    return ", ".join([f"on {model}", *map(" ".join, card.items())]) if model else ""


def _needs(step: Step) -> Iterator[str]:
    """Yield what a script needs besides one slot, where it takes part in the plan."""
    options = step.job.options
    if options.nproc > 1:
        yield f"as {options.nproc} processes"
    if step.job.device.startswith("cuda") and options.gpus > 1:
        yield f"with {options.gpus} GPUs"


def _plan_count(plan: Plan) -> str:
    counts = Counter(step.state for step in plan.steps)
    parts = [f"{counts[State.STALE]} to run", f"{counts[State.FRESH]} fresh"]
    parts += [f"{counts[state]} {state}" for state in (State.ABSENT, State.SKIPPED) if counts[state]]
    known = [step.last_seconds for step in plan.stale if step.last_seconds is not None]
    parts += [f"last time they took {duration(sum(known))}"] * bool(known)
    return ", ".join(filter(None, [*parts, not_run_text(plan.not_run)]))
