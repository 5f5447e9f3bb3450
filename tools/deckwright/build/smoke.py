"""Smoke runs: builds in which long scripts run with small values, and whose pages lie apart."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from deckwright.build.context import Context
from deckwright.build.writers import last_record
from deckwright.model import Course, Deck, Diagnostic, Kind, Script, Variant
from deckwright.model.job import job_id
from deckwright.store import StoreApart
from deckwright.text.lines import Lines

_TABLE = re.compile(r"(?m)^#.*\bsmoke\b.*$")


def smoke_context(context: Context) -> Context:
    """Return the context of a smoke run: what it makes replaces nothing of a whole build."""
    project = context.project.for_smoke
    ports = replace(context.ports, store=StoreApart(project.build / ".store", context.ports.store))
    return replace(context, project=project, ports=ports, request=replace(context.request, smoke=True))


def overwritten(context: Context, course: Course) -> Iterator[Diagnostic]:
    """Yield an error for each file that a smoke run has replaced, and that something else shows or reads.

    Slides would show what comes of it and not say so, and the next build would run the whole script again.
    """
    for job in course.jobs.values() if course.smoke else ():
        script = course.scripts[job.script]
        record = last_record(context, job.id) if course.is_small(job.id) else None
        whole = last_record(context, job_id(job.script, Variant(job.variant.device)))
        before = whole.writes if whole else {}
        for path, digest in sorted(record.writes.items()) if record else ():
            is_other = path in course.figures or before.get(path, digest) != digest
            if user := _user_of(context, course, path, job.script) if is_other else "":
                yield _diagnostic(script, f"the smoke run has replaced {path}, which {user}")


def _user_of(context: Context, course: Course, path: str, writer: str) -> str:
    """Return what shows or reads a file besides the script that writes it; empty for nothing."""
    if deck := next((deck for deck in course.decks if path in _shown(deck)), None):
        return f"{deck.path} shows"
    jobs = (job for job in course.jobs.values() if job.script != writer)
    records = ((job.id, last_record(context, job.id)) for job in jobs)
    return next((f"{job} reads" for job, record in records if record and path in record.reads), "")


def _shown(deck: Deck) -> set[str]:
    """Return the paths of the files that a deck shows or links."""
    return {*deck.files, *(each.target.path for each in deck.references if each.kind is Kind.FIGURE)}


def _diagnostic(script: Script, message: str) -> Diagnostic:
    lines = Lines(script.path, script.text)
    match = _TABLE.search(script.text)
    hint = "write it in a cell with '#| smoke: false', or to a path that has a value for smoke runs"
    return lines.diagnostic("smoke-replaces", message, lines.span(*match.span() if match else (0, 1)), hint)
