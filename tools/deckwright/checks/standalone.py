"""Every script must print the same when a student runs it alone, with `python FILE` in another folder."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator, Sequence
from difflib import unified_diff
from operator import eq

from deckwright.compose.compare import agrees
from deckwright.model import (
    Cause,
    Deck,
    Diagnostic,
    Evidence,
    FailureKind,
    Job,
    Kind,
    Output,
    Reference,
    Result,
    Script,
    StandaloneRun,
    Varies,
)
from deckwright.text.fences import output_range
from deckwright.text.ignored_lines import without_ignored
from deckwright.text.lines import Lines
from deckwright.text.memory_addresses import without_addresses

_HEAD = re.compile(r"(  \+ Exception Group )?Traceback \(most recent call last\):")
"""The first row of Python's report of an uncaught error."""

_LIMITS = {
    FailureKind.TIMEOUT: "takes longer than its time limit",
    FailureKind.OUTPUT: "prints more than its output limit",
}


_LEGEND = " (- on the slide, + alone):"

_LONGEST = 100
"""Most characters of a line that a message shows."""

_MOST_ROWS = 8
"""Most rows of a difference."""

_COMPARED_ROWS = 500
"""Most rows in which a difference is looked for: this takes long for many."""

_SORTED = "the order of a set differs in every run: print it with sorted(…)"
_GENERATORS = {"random": "random.seed({})", "numpy": "np.random.seed({})", "torch": "torch.manual_seed({})"}
"""What seeds the generators of a module."""


def check(evidence: Evidence) -> Iterator[Diagnostic]:
    """Yield a diagnostic for each script that fails alone, and each output that it does not print alone."""
    course = evidence.course
    for job, alone in sorted(evidence.standalone.items()):
        script, result = course.scripts[course.jobs[job].script], evidence.results.get(job)
        if result is None or result.failure:
            continue
        try_it = f"try it: {script.options.start_command} {shlex.quote(script.path)}"
        if message := _failed(alone, result):
            lines = Lines(script.path, script.text)
            yield lines.diagnostic("not-alone", message, lines.location(1), try_it)
            continue
        hint = _hint(alone, course.jobs[job]) or try_it
        for deck in course.decks:
            lines = Lines(deck.path, deck.text)
            for reference in _outputs_of(evidence, deck, job):
                if _is_below_error(reference, script, result):
                    yield _below_error(lines, reference, script, result)
                elif (rows := _difference(alone, reference, script, result)) is not None:
                    message = f"run alone, {script.path} does not print this{rows and _LEGEND}{rows}"
                    yield lines.diagnostic("not-alone", message, reference.location, hint)


def prints_the_same(evidence: Evidence, job: str, alone: StandaloneRun) -> bool:
    """Whether a script, run alone, ends as in a build and prints all that decks show of it."""
    script, result = evidence.course.scripts[evidence.course.jobs[job].script], evidence.results[job]
    references = (r for deck in evidence.course.decks for r in _outputs_of(evidence, deck, job))
    return not _failed(alone, result) and all(
        _is_below_error(reference, script, result) or _difference(alone, reference, script, result) is None
        for reference in references
    )


def _outputs_of(evidence: Evidence, deck: Deck, job: str) -> Iterator[Reference]:
    return (r for r in deck.references if r.kind is Kind.OUTPUT and evidence.course.job_of(r) == job)


def _hint(alone: StandaloneRun, job: Job) -> str:
    """Return what to write where chance decides what is printed."""
    match alone.varies:
        case Varies.ORDER:
            return _SORTED
        case Varies.GENERATOR:
            return _seeded(job)
        case Varies.BOTH:
            return f"{_SORTED}; {_seeded(job)}"
        case Varies.ALWAYS:
            return (
                "it prints something else in every run: seed its generators (default_rng(0)), print no times"
            )
    return ""


def _seeded(job: Job) -> str:
    modules = {name.partition(".")[0] for name in job.imports}
    seeds = [call.format(job.options.seed) for name, call in _GENERATORS.items() if name in modules]
    calls = " and ".join(seeds or [_GENERATORS["random"].format(job.options.seed)])
    return f"a generator is not seeded, which a build does: write {calls} at the top"


def _is_below_error(reference: Reference, script: Script, result: Result) -> bool:
    """Whether a reference shows what comes after the error with which `python FILE` ends."""
    errors = _errors(result)
    start, end = output_range(reference, script)
    return bool(errors) and (start > errors[0] or any(start <= index < end for index in errors[1:]))


def _below_error(lines: Lines, reference: Reference, script: Script, result: Result) -> Diagnostic:
    statements = [statement for unit in script.units for statement in unit.statements]
    line = statements[_errors(result)[0]].first_line
    problem = (
        f"run alone, it ends at the first error that it teaches, in line {line}, and does not print this"
    )
    hint = "put each error into a script of its own, or catch those above: try … except"
    message, cause = f"{script.path}: {problem}", Cause(script.path, problem)
    return lines.diagnostic(
        "not-alone", message, reference.location, hint, slide=reference.slide, cause=cause
    )


def _errors(result: Result) -> list[int]:
    """Return the statements that end in an error that the script teaches."""
    return [index for index, output in enumerate(result.outputs) if output.raised]


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


def _difference(alone: StandaloneRun, reference: Reference, script: Script, result: Result) -> str | None:
    """Return how what a script printed alone differs from what a reference shows; None if it does not."""
    start, end = output_range(reference, script)
    ignore = reference.display.ignore
    all_outputs = result.outputs_of(reference.display.rank)
    outputs = all_outputs[start:end]
    if any(output.raised for output in outputs):
        return None
    expected = without_ignored(_printed(outputs).strip("\n"), ignore)
    above = without_ignored(_printed(all_outputs[:start]), ignore).count("\n")
    size = expected.count("\n") + 1
    printed = without_ignored(without_addresses(alone.stdout_of(reference.display.rank)), ignore).split("\n")
    windows = [printed[at : at + size] for at in range(max(len(printed) - size, 0) + 1)]
    if any(agrees(expected, "\n".join(window), reference.display.compare) for window in windows):
        return None
    rows = expected.split("\n")
    equal = [sum(map(eq, rows, window)) for window in windows]
    at = max(range(len(windows)), key=lambda at: (equal[at], -abs(at - above)))
    closest = "\n".join(windows[at]).rstrip("\n").splitlines()
    return "".join(f"\n{row}" for row in _rows(rows, closest))


def _printed(outputs: Sequence[Output]) -> str:
    return without_addresses("".join(output.printed("stdout") for output in outputs))


def _rows(expected: Sequence[str], printed: Sequence[str]) -> Iterator[str]:
    """Yield the rows that differ, as `diff` writes them: "-" on the slide, "+" alone."""
    rows = unified_diff(expected[:_COMPARED_ROWS], printed[:_COMPARED_ROWS], n=0, lineterm="")
    different = [row for row in list(rows)[2:] if row[0] in "-+"]
    yield from (row if len(row) <= _LONGEST else f"{row[:_LONGEST]}…" for row in different[:_MOST_ROWS])
    if len(different) > _MOST_ROWS:
        yield f"and {len(different) - _MOST_ROWS} more lines"
