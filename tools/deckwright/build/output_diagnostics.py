"""What is wrong with the outputs of good runs and of failed ones: text on stderr, and secrets."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from deckwright.build.failures import statement_location
from deckwright.model import Diagnostic, Output, Result, Rich, Script
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
    """Warn of each statement whose output holds the value of an environment variable that is a secret."""
    lines = Lines(script.path, script.text)
    for index, output in enumerate(result.outputs if secrets else ()):
        texts = list(_texts(output))
        for name in (name for name, value in secrets.items() if any(value in text for text in texts)):
            message = f"its output holds the value of the environment variable {name}"
            hint = "do not print it: outputs are kept in build/, and slides show them"
            yield lines.warning(
                "secret-shown", message, statement_location(script, lines, index), hint, subject=name
            )


def _texts(output: Output) -> Iterator[str]:
    for part in output.parts:
        yield from part.data.values() if isinstance(part, Rich) else (part.text,)
    yield output.raised.message if output.raised else ""
