"""Every script must print the same when a student runs it alone, with `python FILE` in another folder."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterable, Iterator

from deckwright.compose.compare import agrees
from deckwright.compose.show import output_range
from deckwright.model import Diagnostic, Evidence, FailureKind, Kind, Reference, Result, Script, StandaloneRun
from deckwright.text.ignored_lines import without_ignored
from deckwright.text.lines import Lines
from deckwright.text.memory_addresses import without_addresses

_HEAD = re.compile(r"(  \+ Exception Group )?Traceback \(most recent call last\):")
"""The first row of Python's report of an uncaught error."""

_LIMITS = {
    FailureKind.TIMEOUT: "takes longer than its time limit",
    FailureKind.OUTPUT: "prints more than its output limit",
}


def check(evidence: Evidence) -> Iterator[Diagnostic]:
    """Yield a diagnostic for each script that fails alone, and each output that it does not print alone."""
    course = evidence.course
    for job, alone in sorted(evidence.standalone.items()):
        script, result = course.scripts[course.jobs[job].script], evidence.results.get(job)
        if result is None or result.failure:
            continue
        if message := _failed(alone, result):
            lines = Lines(script.path, script.text)
            yield lines.diagnostic(
                "not-alone", message, lines.location(1), f"try it: python {shlex.quote(script.path)}"
            )
            continue
        for deck in course.decks:
            references = [r for r in deck.references if r.kind is Kind.OUTPUT and course.job_of(r) == job]
            yield from _outputs(Lines(deck.path, deck.text), references, script, result, alone)


def _outputs(
    lines: Lines, references: Iterable[Reference], script: Script, result: Result, alone: StandaloneRun
) -> Iterator[Diagnostic]:
    for reference in references:
        if not _prints(alone, reference, script, result):
            message = f"run alone, {script.path} does not print this"
            hint = f"try it: python {shlex.quote(script.path)}"
            yield lines.diagnostic("not-alone", message, reference.location, hint)


def _failed(alone: StandaloneRun, result: Result) -> str:
    if alone.limit:
        return f"run alone, it {_LIMITS[alone.limit]}"
    raised = next((output.raised for output in result.outputs if output.raised), None)
    rows = list(_ending_rows(alone.stderr))
    last = (rows or alone.stderr.strip().splitlines() or [f"exit status {alone.status}"])[-1]
    if raised:  # the script must end with the error that it teaches
        taught = any(row == raised.type or row.startswith(f"{raised.type}:") for row in rows)
        return "" if taught else f"run alone, it ends with: {last}"
    return f"run alone, it fails: {last}" if alone.status else ""


def _ending_rows(stderr: str) -> Iterator[str]:
    """Yield the row with the type of each error in Python's report; its message may have more rows."""
    rows = stderr.splitlines()
    for at, row in enumerate(rows):
        if _HEAD.fullmatch(row):
            below = (row.removeprefix("  | ") for row in rows[at + 1 :])
            yield next((row for row in below if row[:1].strip()), row)


def _prints(alone: StandaloneRun, reference: Reference, script: Script, result: Result) -> bool:
    """Whether the script, run alone, printed what the statements printed that a reference shows."""
    outputs = result.outputs[slice(*output_range(reference, script))]
    if any(output.raised for output in outputs):
        return True
    expected = without_addresses("".join(output.printed("stdout") for output in outputs)).strip("\n")
    ignore = reference.display.ignore
    expected = without_ignored(expected, ignore)
    size = expected.count("\n") + 1
    printed = without_ignored(without_addresses(alone.stdout), ignore).split("\n")
    windows = ("\n".join(printed[at : at + size]) for at in range(len(printed) - size + 1))
    return any(agrees(expected, window, reference.display.compare) for window in windows)
