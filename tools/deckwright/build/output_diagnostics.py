"""What is wrong with the outputs of good runs and of failed ones: text on stderr, and secrets."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from deckwright.build.failures import failure_location, statement_location
from deckwright.files.variables import names_in
from deckwright.model import Diagnostic, Failure, Location, Output, Result, Rich, Script
from deckwright.text.lines import Lines


def stderr_diagnostic(script: Script, result: Result, shown: bool) -> Diagnostic | None:
    """Return a warning for a run that wrote to stderr, unless a slide shows it."""
    wrote = next((i for i, out in enumerate(result.outputs) if out.printed("stderr").strip()), None)
    if wrote is None or shown or result.failure:
        return None
    lines = Lines(script.path, script.text)
    text = result.outputs[wrote].printed("stderr").strip().splitlines()[0]
    location = statement_location(script, lines, wrote)
    hint = "no slide shows it; fix it, or show it with stream=stderr"
    return lines.warning("stderr", f"it wrote to stderr: {text[:160]}", location, hint)


def secret_diagnostics(script: Script, result: Result, secrets: Mapping[str, str]) -> Iterator[Diagnostic]:
    """Warn of what a run shows or uses that holds the value of a variable that is a secret."""
    lines = Lines(script.path, script.text)
    for location, what, hint, texts in _public(script, lines, result) if secrets else ():
        for name in names_in(texts, secrets):
            message = f"{what} the value of the environment variable {name}"
            yield lines.warning("secret-shown", message, location, hint, subject=name)


def _public(
    script: Script, lines: Lines, result: Result
) -> Iterator[tuple[Location, str, str, Collection[str]]]:
    """Yield where a run shows texts, what holds them, a hint and the texts."""
    for index, output in enumerate(result.outputs):
        hint = "do not print it: outputs are kept in build/, and slides show them"
        yield statement_location(script, lines, index), "its output holds", hint, list(_texts(output))
    if failure := result.failure:
        hint = "catch it, and raise one that does not say it: errors are kept in build/, and pages show them"
        yield failure_location(script, lines, failure), "its error holds", hint, list(_error_texts(failure))
    hint = "name it without the value: this run is not kept, so that the name reaches no disk"
    uses = (*result.reads, *result.writes)
    yield statement_location(script, lines, 0), "it uses a file or variable whose name holds", hint, uses


def _texts(output: Output) -> Iterator[str]:
    for part in output.parts:
        yield from part.data.values() if isinstance(part, Rich) else (part.text,)
    yield output.raised.message if output.raised else ""


def _error_texts(failure: Failure) -> Iterator[str]:
    yield failure.message
    if raised := failure.raised:
        yield raised.message
        yield from (each.message for each in raised.earlier)
