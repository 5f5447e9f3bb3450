"""Every script runs as a student runs it (`python FILE`, by itself, elsewhere), and prints the same."""

from __future__ import annotations

from collections.abc import Iterator

from deckwright.compose.compare import agrees
from deckwright.compose.show import output_range
from deckwright.lines import Lines
from deckwright.model import Alone, Deck, Diagnostic, Evidence, Kind, Output, Reference, Result, Script


def judge(evidence: Evidence) -> Iterator[Diagnostic]:
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


def _outputs(deck: Deck, script: Script, result: Result, alone: Alone) -> Iterator[Diagnostic]:
    lines = Lines(deck.path, deck.text)
    for reference in deck.references:
        if reference.kind is Kind.OUTPUT and reference.target.path == script.path:
            start, end = output_range(reference, script)
            if not _prints(alone, result.outputs[start:end], reference):
                message = f"run alone, {script.path} does not print this"
                hint = f"try it: python {script.path}"
                yield lines.diagnostic("not-alone", message, reference.location, hint)


def _failed(alone: Alone, result: Result) -> str:
    if alone.timed_out:
        return "run alone, it takes longer than its time limit"
    raised = next((output.raised for output in result.outputs if output.raised), None)
    last = (alone.stderr.strip().splitlines() or [f"exit status {alone.status}"])[-1]
    if raised:  # the error that it teaches ends it
        return "" if last.startswith(raised.type) else f"run alone, it ends with: {last}"
    return f"run alone, it fails: {last}" if alone.status else ""


def _prints(alone: Alone, outputs: tuple[Output, ...], reference: Reference) -> bool:
    """Whether what some statements printed is among what the script printed alone."""
    if any(output.raised for output in outputs):
        return True
    wanted = "".join(output.stdout for output in outputs).strip("\n").split("\n")
    printed = alone.stdout.split("\n")
    windows = (printed[at : at + len(wanted)] for at in range(len(printed) - len(wanted) + 1))
    text = "\n".join(wanted)
    return any(agrees(text, "\n".join(window), reference.display.compare) for window in windows)
