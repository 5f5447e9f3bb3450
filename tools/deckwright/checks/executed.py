"""Every snippet on a slide must have run, and reached the part that the slide shows."""

from __future__ import annotations

from collections.abc import Iterator

from deckwright.compose.show import output_range
from deckwright.model import Diagnostic, Evidence, Kind, Reference, Result, Script
from deckwright.model.reasons import LEFT_OUT
from deckwright.resolve.jobs import job_of
from deckwright.text.lines import Lines

_SHOWS_A_SCRIPT = (Kind.CODE, Kind.OUTPUT, Kind.VALUE, Kind.EXEC)


def check(evidence: Evidence) -> Iterator[Diagnostic]:
    """Yield each reference to a script, or to a part of one, that did not run."""
    course = evidence.course
    for deck in course.decks:
        lines = Lines(deck.path, deck.text)
        for reference in deck.references:
            message, hint = _never_ran(evidence, reference)
            if message:
                yield lines.diagnostic("never-ran", message, reference.location, hint)


def _never_ran(evidence: Evidence, reference: Reference) -> tuple[str, str]:
    """Return message and hint for a reference whose code did not run; empty if it did."""
    job = job_of(evidence.course, reference)
    if not job:
        return "", ""
    result = evidence.results.get(job)
    if result is None:
        reason = evidence.plan.missing.get(job, LEFT_OUT)
        return f"{job} did not run: {reason}", "run the check where the script can run, or allow 'never-ran'"
    script = evidence.course.scripts[job]
    if result.failure is None and reference.kind in _SHOWS_A_SCRIPT and _unreached(reference, script, result):
        hint = "a statement above ends the script; let it run to its end"
        return f"{job} succeeded, but did not reach this part", hint
    return "", ""


def _unreached(reference: Reference, script: Script, result: Result) -> bool:
    """Whether none of the statements that a reference shows began."""
    if reference.kind is Kind.VALUE or (reference.kind is Kind.CODE and not reference.target.name):
        return False
    statements = set(range(*output_range(reference, script)))
    return bool(statements) and statements <= set(result.unreached)
