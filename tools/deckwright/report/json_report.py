"""Reports and events as JSON: the content of report.json, and what `--json` prints."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import asdict, fields
from typing import Any

from deckwright.files.codec import encode
from deckwright.model import (
    DeckReport,
    Diagnostic,
    Event,
    Failure,
    FailureKind,
    Group,
    JobReport,
    Kind,
    Report,
    Severity,
    Status,
    events,
)
from deckwright.report.groups import grouped


def report_json(report: Report) -> dict[str, Any]:
    """Return a report as JSON-like data: the content of report.json, in a stable order."""
    return {
        "title": report.title,
        "good": report.good,
        "seconds": round(report.seconds, 3),
        "versions": dict(sorted(report.versions.items())),
        "totals": totals_of(report),
        "decks": [_deck_json(deck) for deck in sorted(report.decks, key=lambda deck: deck.path)],
        "jobs": [_job_json(job) for job in sorted(report.jobs, key=lambda job: job.job)],
        "accepted": [
            {**_diagnostic_json(each.diagnostic), "reason": each.reason} for each in report.accepted
        ],
        "diagnostics": [_group_json(group) for group in grouped(report.diagnostics)],
        "smoke": list(report.smoke),
    }


def event_json(event: Event) -> str:
    """Return an event as one line of JSON."""
    if isinstance(event, events.Found):
        path = event.group.diagnostic.location.path
        data = {"event": "diagnostic", "subject": path, **_group_json(event.group)}
    else:
        given = (field for field in fields(event) if getattr(event, field.name) != field.default)
        values = {field.name: encode(getattr(event, field.name)) for field in given}
        data = {"event": type(event).__name__.lower(), **values}
    return json.dumps({name: value for name, value in data.items() if value != ""})


def totals_of(report: Report) -> dict[str, int]:
    """Return the number of decks, slides, scripts and so on."""
    statuses = Counter(job.status for job in report.jobs)
    severities = Counter(group.diagnostic.severity for group in grouped(report.diagnostics))
    ran = sum(job.ran for job in report.jobs)
    return {
        "decks": len(report.decks),
        "slides": sum(deck.slides for deck in report.decks),
        "references": sum(sum(deck.references.values()) for deck in report.decks),
        "accepted": sum(deck.accepted for deck in report.decks),
        "not_run": sum(deck.references.get(Kind.NOT_RUN, 0) for deck in report.decks),
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
        "description": deck.description,
        "slides": deck.slides,
        "references": dict(sorted(deck.references.items())),
        "accepted": deck.accepted,
        "scripts": sorted(deck.scripts),
        **deck.outputs,
        **({"summaries": dict(sorted(deck.summaries.items()))} if deck.summaries else {}),
        "markdown": deck.markdown,
        "picture": deck.picture,
    }


def _job_json(job: JobReport) -> dict[str, Any]:
    data = {
        "id": job.job,
        "script": job.script,
        "variant": job.variant,
        "device": job.device,
        "status": str(job.status),
        "ran": job.ran,
        "seconds": round(job.seconds, 3),
        "reason": job.reason,
    }
    if job.card:
        data["card"] = dict(job.card)
    if job.failure is None:
        return data
    outside = {"outside": job.outside} if job.outside else {}
    return {**data, "failure": _failure_json(job.failure) | outside}


def _failure_json(failure: Failure) -> dict[str, Any]:
    data: dict[str, Any] = {"kind": str(failure.kind), "message": failure.message}
    if failure.raised:
        frames = [f"{frame.path}:{frame.line}" for frame in failure.raised.frames]
        data |= {"type": failure.raised.type, "frames": frames}
        if failure.kind is FailureKind.RAISED:  # otherwise it is the interrupt that we sent
            data["message"] = failure.raised.message
    return data


def _group_json(group: Group) -> dict[str, Any]:
    data = _diagnostic_json(group.diagnostic)
    if len(group.members) > 1:
        data["places"] = [{**asdict(each.location), **_shown(each)} for each in group.members]
    return data


def _diagnostic_json(diagnostic: Diagnostic) -> dict[str, Any]:
    return {
        "slug": diagnostic.slug,
        "severity": str(diagnostic.severity),
        "message": diagnostic.message,
        **asdict(diagnostic.location),
        "hint": diagnostic.hint,
        **_shown(diagnostic),
    }


def _shown(diagnostic: Diagnostic) -> dict[str, Any]:
    """Return the slide and the picture of a diagnostic, where it has them."""
    shown = {"slide": diagnostic.slide, "picture": diagnostic.picture}
    return {name: value for name, value in shown.items() if value}
