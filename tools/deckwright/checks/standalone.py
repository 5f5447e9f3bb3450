"""Every script runs as a student runs it (`python FILE`, by itself, elsewhere), and prints the same."""

from __future__ import annotations

import re
from collections.abc import Iterator

from deckwright.compose.compare import agrees
from deckwright.compose.show import output_range
from deckwright.model import (
    Deck,
    Diagnostic,
    Evidence,
    FailureKind,
    Kind,
    Output,
    Reference,
    Result,
    Script,
    StandaloneRun,
)
from deckwright.text.lines import Lines

_HEAD = re.compile(r"(  \+ Exception Group )?Traceback \(most recent call last\):")
"""How Python's report of an error that nobody caught begins."""

_LIMITS = {
    FailureKind.TIMEOUT: "takes longer than its time limit",
    FailureKind.OUTPUT: "prints more than its output limit",
}


def check(evidence: Evidence) -> Iterator[Diagnostic]:
    """Yield each script that fails alone, and each output on a slide that it does not print alone."""
    course = evidence.course
    for job, alone in sorted(evidence.alone.items()):
        script, result = course.scripts[job], evidence.results.get(job)
        if result is None or result.failure:
            continue
        if message := _failed(alone, result):
            lines = Lines(script.path, script.text)
            yield lines.diagnostic("not-alone", message, lines.location(1), f"try it: python {script.path}")
            continue
        for deck in course.decks:
            yield from _outputs(deck, script, result, alone)


def _outputs(deck: Deck, script: Script, result: Result, alone: StandaloneRun) -> Iterator[Diagnostic]:
    lines = Lines(deck.path, deck.text)
    for reference in deck.references:
        if reference.kind is Kind.OUTPUT and reference.target.path == script.path:
            start, end = output_range(reference, script)
            if not _prints(alone, result.outputs[start:end], reference):
                message = f"run alone, {script.path} does not print this"
                hint = f"try it: python {script.path}"
                yield lines.diagnostic("not-alone", message, reference.location, hint)


def _failed(alone: StandaloneRun, result: Result) -> str:
    if alone.limit:
        return f"run alone, it {_LIMITS[alone.limit]}"
    raised = next((output.raised for output in result.outputs if output.raised), None)
    rows = list(_ending_rows(alone.stderr))
    last = (rows or alone.stderr.strip().splitlines() or [f"exit status {alone.status}"])[-1]
    if raised:  # the error that it teaches ends it
        taught = any(row == raised.type or row.startswith(f"{raised.type}:") for row in rows)
        return "" if taught else f"run alone, it ends with: {last}"
    return f"run alone, it fails: {last}" if alone.status else ""


def _ending_rows(stderr: str) -> Iterator[str]:
    """Yield the row of each error in Python's words that has its type: what it says may go on below."""
    rows = stderr.splitlines()
    for at, row in enumerate(rows):
        if _HEAD.fullmatch(row):
            below = (row.removeprefix("  | ") for row in rows[at + 1 :])
            yield next((row for row in below if row[:1].strip()), row)


def _prints(alone: StandaloneRun, outputs: tuple[Output, ...], reference: Reference) -> bool:
    """Whether what some statements printed is among what the script printed alone."""
    if any(output.raised for output in outputs):
        return True
    wanted = "".join(output.stdout for output in outputs).strip("\n").split("\n")
    printed = alone.stdout.split("\n")
    windows = (printed[at : at + len(wanted)] for at in range(len(printed) - len(wanted) + 1))
    text = "\n".join(wanted)
    return any(agrees(text, "\n".join(window), reference.display.compare) for window in windows)
