"""What a build found and did, as text for a terminal or as JSON.

Every text function takes `color` (SGR colours or none) and `width` (columns; None: cut nothing, for
logs and pipes). What authors and snippets wrote is made printable first: it steers no terminal.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import fields
from typing import Any

from deckwright.codec import encode
from deckwright.model import (
    DeckReport,
    Diagnostic,
    Event,
    Failed,
    Failure,
    JobReport,
    Location,
    Plan,
    Report,
    Severity,
    State,
    Status,
    Step,
    events,
)
from deckwright.report.excerpt import columns, excerpt, fit, printable

NOTHING_RAN = "nothing ran: what was read has errors"

_SGR = {"bold": "1", "dim": "2", "red": "31", "green": "32", "yellow": "33", "blue": "34"}
_SEVERITIES = {Severity.ERROR: "red", Severity.WARNING: "yellow"}
_STATES = {State.FRESH: "green", State.STALE: "yellow", State.ABSENT: "dim", State.SKIPPED: "dim"}
_REASON_COLUMNS = 30
"""Fewer columns than these are too few for a reason beside its step: it goes below."""


def paint(text: str, style: str, color: bool) -> str:
    """Return the text in a colour or weight, or as it is."""
    return f"\x1b[{_SGR[style]}m{text}\x1b[0m" if color and text else text


def duration(seconds: float) -> str:
    """Return a time as people say it: "0.4 s", "12 s", "3 min 5 s", "1 h 2 min"."""
    if seconds < 9.95:
        return f"{seconds:.1f} s"
    minutes, rest = divmod(round(seconds), 60)
    if minutes < 60:
        return f"{minutes} min {rest} s" if minutes else f"{rest} s"
    return f"{minutes // 60} h {minutes % 60} min"


def counted(number: int, noun: str) -> str:
    """Return "1 slide", "2 slides"."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


# --- adopting ---------------------------------------------------------------------------------

_VERDICTS = {
    "runs": "run",
    "teaches": "raise the error that they teach",
    "fails": "do not run",
    "apart": "are no program",
}


def adoption_text(verdicts: Mapping[Any, int], unmeasured: str) -> str:
    """Say how many Python fences of a deck do what, and what nobody knows."""
    counts = [f"{number} {_VERDICTS[verdict]}" for verdict, number in verdicts.items()]
    text = f"{counted(sum(verdicts.values()), 'Python fence')}" + (f": {', '.join(counts)}" if counts else "")
    return text + (f"\nwhether the slides fit was not measured: {unmeasured}" if unmeasured else "")


# --- diagnostics ------------------------------------------------------------------------------


def diagnostic_text(wrong: Diagnostic, color: bool = False, width: int | None = None) -> str:
    """Return where and what is wrong, the source line with a caret, and the hint."""
    tint = _SEVERITIES[wrong.severity]
    place = paint(_place(wrong.location), "bold", color)
    kind = paint(wrong.severity, tint, color)
    lines = [f"{place} {kind} [{wrong.slug}] {_indented(wrong.message)}"]
    lines += _excerpt(wrong.source, wrong.location, tint, color, width)
    if wrong.hint:
        lines.append(f"{paint('hint:', 'blue', color)} {_indented(wrong.hint)}")
    return "\n".join(lines)


def diagnostics_text(found: Iterable[Diagnostic], color: bool = False, width: int | None = None) -> str:
    """Return all diagnostics in the order of the sources, then their count; empty for none."""
    ordered = in_order(found)
    if not ordered:
        return ""
    texts = [diagnostic_text(wrong, color, width) for wrong in ordered]
    return "\n\n".join([*texts, count_text(ordered, color)])


def count_text(found: Iterable[Diagnostic], color: bool = False) -> str:
    """Return "2 errors, 1 warning"."""
    counts = Counter(wrong.severity for wrong in found)
    return ", ".join(
        paint(counted(counts[severity], severity), tint, color)
        for severity, tint in _SEVERITIES.items()
        if counts[severity]
    )


def in_order(found: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Return diagnostics by file, line and column, each once."""
    return tuple(sorted(dict.fromkeys(found), key=_order))


def _order(wrong: Diagnostic) -> tuple[Any, ...]:
    where = wrong.location
    return (where.path, where.line, where.column, wrong.severity, wrong.slug, wrong.message)


def _place(where: Location) -> str:
    return f"{printable(where.path)}:{where.line}:{where.column}"


def _indented(text: str) -> str:
    return printable(text.strip()).replace("\n", "\n    ")


def _excerpt(source: str, where: Location, tint: str, color: bool, width: int | None) -> list[str]:
    if not source.strip():
        return []
    line, caret = excerpt(source, where.line, where.column, where.length, width)
    return [line, paint(caret, tint, color)]


# --- plan and summary -------------------------------------------------------------------------


def plan_text(plan: Plan, color: bool = False, width: int | None = None) -> str:
    """Return a line for each step that is not fresh (state, script, reason, last time), then counts."""
    if not plan.steps:
        return "nothing to run"
    steps = [step for step in plan.steps if step.state is not State.FRESH]
    wide = max((columns(step.job.id) for step in steps), default=0)
    lines = [line for step in steps for line in _step_lines(step, wide, color, width)]
    return "\n".join([*lines, _plan_count(plan)])


def explanation_text(plan: Plan, color: bool = False) -> str:
    """Return one sentence a step, in the order in which they would run."""
    verbs = {State.FRESH: "stays", State.STALE: "runs", State.ABSENT: "cannot run", State.SKIPPED: "waits"}
    lines = [
        f"{printable(step.job.id)} {paint(verbs[step.state], _STATES[step.state], color)}: {_reason(step)}"
        for step in plan.steps
    ]
    return "\n".join([*lines, _plan_count(plan)])


def summary_text(report: Report, color: bool = False, folder: str = "build") -> str:
    """Return the last lines of a build: what there is, what ran, and where in `folder` it lies."""
    totals = _totals(report)
    made = ", ".join(counted(totals[f"{noun}s"], noun) for noun in ("deck", "slide", "reference"))
    lines = [_ran_text(report, totals, color), f"{made} in {duration(report.seconds)}"]
    lines += [f"  {folder}/{printable(path)}" for path in _made(report)]
    lines.append(count_text(set(report.diagnostics), color))
    return "\n".join(line for line in lines if line)


def _step_lines(step: Step, wide: int, color: bool, width: int | None) -> list[str]:
    name, reason = printable(step.job.id), _reason(step)
    state = paint(f"{step.state:<7}", _STATES[step.state], color)
    if width is None or width - wide - 10 >= _REASON_COLUMNS:
        room = None if width is None else width - wide - 10
        pad = " " * (wide - columns(name))
        return [f"{state} {name}{pad}  {fit(reason, room)}"]
    return [f"{state} {fit(name, width - 8)}", " " * 8 + fit(reason, width - 8)]


def _reason(step: Step) -> str:
    last = "" if step.last_seconds is None else f" (last {duration(step.last_seconds)})"
    return printable(step.reason) + last


def _plan_count(plan: Plan) -> str:
    counts = Counter(step.state for step in plan.steps)
    parts = [f"{counts[State.STALE]} to run", f"{counts[State.FRESH]} fresh"]
    parts += [f"{counts[state]} {state}" for state in (State.ABSENT, State.SKIPPED) if counts[state]]
    known = [step.last_seconds for step in plan.stale if step.last_seconds is not None]
    parts += [f"last time they took {duration(sum(known))}"] * bool(known)
    return ", ".join(parts)


def _ran_text(report: Report, totals: Mapping[str, int], color: bool) -> str:
    if not report.jobs:
        return ""
    parts = [f"{totals['ran']} ran", f"{totals['fresh']} fresh"]
    if totals["failed"]:
        parts.append(paint(f"{totals['failed']} failed", "red", color))
    if totals["absent"]:
        parts.append(f"{totals['absent']} not run here (its device is absent)")
    if totals["skipped"]:
        parts.append(f"{totals['skipped']} stale, but not asked for")
    return f"{counted(totals['jobs'], 'script')}: " + ", ".join(parts)


def _made(report: Report) -> list[str]:
    return [path for deck in report.decks for path in (deck.html, deck.pdf) if path]


def verdict_text(report: Report, color: bool = False, folder: str = "build") -> str:
    """Return the last lines of a check: how much was proved, and where the faults can be seen."""
    proved = f"{report.proved} of {counted(len(report.cases), 'case')} proved"
    rest = f"; {NOTHING_RAN}" if report.stopped else f" in {duration(report.seconds)}"
    lines = [f"{paint(proved, 'green' if report.good else 'red', color)}{rest}"]
    if report.known:
        lines.append(f"{counted(report.known, 'known fault')} let pass by the baseline")
    if report.mended:
        lines.append(
            f"{counted(report.mended, 'fault')} of the baseline mended: --update-baseline forgets that"
        )
    if report.diagnostics:
        lines.append(f"  {folder}/check/index.html")
    return "\n".join(lines)


# --- JSON -------------------------------------------------------------------------------------


def report_json(report: Report) -> dict[str, Any]:
    """Return a report as JSON-like data: the content of report.json, in a stable order."""
    return {
        "good": report.good,
        "seconds": round(report.seconds, 3),
        "versions": dict(sorted(report.versions.items())),
        "totals": _totals(report),
        "decks": [_deck_json(deck) for deck in sorted(report.decks, key=lambda deck: deck.path)],
        "jobs": [_job_json(job) for job in sorted(report.jobs, key=lambda job: job.job)],
        "diagnostics": [_diagnostic_json(wrong) for wrong in in_order(report.diagnostics)],
    }


def event_json(event: Event) -> str:
    """Return an event as one line of JSON."""
    if isinstance(event, events.Found):
        wrong = event.diagnostic
        data = {"event": "diagnostic", "subject": wrong.location.path, **_diagnostic_json(wrong)}
    else:
        told = (field for field in fields(event) if getattr(event, field.name) != field.default)
        what = {field.name: encode(getattr(event, field.name)) for field in told}
        data = {"event": type(event).__name__.lower(), **what}
    return json.dumps({name: value for name, value in data.items() if value != ""})


def _totals(report: Report) -> dict[str, int]:
    statuses = Counter(job.status for job in report.jobs)
    severities = Counter(wrong.severity for wrong in set(report.diagnostics))
    ran = sum(job.ran for job in report.jobs)
    return {
        "decks": len(report.decks),
        "slides": sum(deck.slides for deck in report.decks),
        "references": sum(sum(deck.references.values()) for deck in report.decks),
        "accepted": sum(deck.accepted for deck in report.decks),
        "jobs": len(report.jobs),
        "ran": ran,
        "fresh": sum(
            not job.ran and job.status not in (Status.ABSENT, Status.SKIPPED) for job in report.jobs
        ),
        "failed": statuses[Status.FAILED],
        "absent": statuses[Status.ABSENT],
        "skipped": statuses[Status.SKIPPED],
        "errors": severities[Severity.ERROR],
        "warnings": severities[Severity.WARNING],
    }


def _deck_json(deck: DeckReport) -> dict[str, Any]:
    return {
        "path": deck.path,
        "title": deck.title,
        "slides": deck.slides,
        "references": dict(sorted(deck.references.items())),
        "accepted": deck.accepted,
        "scripts": sorted(deck.scripts),
        "html": deck.html,
        "pdf": deck.pdf,
        "markdown": deck.markdown,
        "picture": deck.picture,
    }


def _job_json(job: JobReport) -> dict[str, Any]:
    data = {
        "id": job.job,
        "script": job.job,
        "device": job.device,
        "status": str(job.status),
        "ran": job.ran,
        "seconds": round(job.seconds, 3),
        "reason": job.reason,
    }
    return data if job.failure is None else {**data, "failure": _failure_json(job.failure)}


def _failure_json(failure: Failure) -> dict[str, Any]:
    data: dict[str, Any] = {"kind": str(failure.kind), "message": failure.message}
    if failure.raised:
        frames = [f"{frame.path}:{frame.line}" for frame in failure.raised.frames]
        data |= {"type": failure.raised.type, "frames": frames}
        if failure.kind is Failed.RAISED:  # Elsewhere it is only the interrupt that we sent.
            data["message"] = failure.raised.message
    return data


def _diagnostic_json(wrong: Diagnostic) -> dict[str, Any]:
    where = wrong.location
    return {
        "slug": wrong.slug,
        "severity": str(wrong.severity),
        "message": wrong.message,
        "path": where.path,
        "line": where.line,
        "column": where.column,
        "length": where.length,
        "hint": wrong.hint,
        **({"slide": wrong.slide} if wrong.slide else {}),
        **({"picture": wrong.picture} if wrong.picture else {}),
    }
