"""Every snippet on a slide must have run, and reached the part that the slide shows."""

from __future__ import annotations

from collections.abc import Iterator

from deckwright.compose.smoke import is_left_out
from deckwright.model import Cause, Diagnostic, Evidence, Kind, Reference, Result, Script
from deckwright.model.reasons import LEFT_OUT
from deckwright.text.fences import output_range
from deckwright.text.lines import Lines

_SHOWS_A_SCRIPT = (Kind.CODE, Kind.OUTPUT, Kind.VALUE, Kind.EXEC)


def check(evidence: Evidence) -> Iterator[Diagnostic]:
    """Yield each reference to a script, or to a part of one, that did not run."""
    course = evidence.course
    for deck in course.decks:
        lines = Lines(deck.path, deck.text)
        for reference in (version for each in deck.references for version in each.versions):
            name, problem, hint = _never_ran(evidence, reference)
            if problem:
                message, place, cause = f"{name} {problem}", reference.location, Cause(name, problem)
                yield lines.diagnostic("never-ran", message, place, hint, slide=reference.slide, cause=cause)


def _never_ran(evidence: Evidence, reference: Reference) -> tuple[str, str, str]:
    """Return job, problem and hint for a reference whose code did not run; empty if it did."""
    course, jobs = evidence.course, evidence.course.jobs_of(reference)
    results = [evidence.results[job] for job in jobs if job in evidence.results]
    if jobs and not results:
        reason = evidence.plan.missing.get(jobs[0], LEFT_OUT)
        hint = "run the check where the script can run, or allow 'never-ran'"
        return jobs[0], f"did not run: {reason}", hint
    if reference.kind in _SHOWS_A_SCRIPT and results:
        script = course.scripts[course.jobs[jobs[0]].script]
        if is_left_out(course, reference, evidence.results):
            return "", "", ""
        if all(result.failure is None and _unreached(reference, script, result) for result in results):
            hint = "a statement above ends the script; let it run to its end"
            return results[0].job, "succeeded, but did not reach this part", hint
    return "", "", ""


def _unreached(reference: Reference, script: Script, result: Result) -> bool:
    """Whether none of the statements that a reference shows began."""
    if reference.kind is Kind.VALUE or (reference.kind is Kind.CODE and not reference.target.name):
        return False
    statements = set(range(*output_range(reference, script)))
    return bool(statements) and statements <= set(result.unreached)
