"""A failed run -> a diagnostic at the line of the author's text that did it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace

from deckwright.execute.outside import outside_cause
from deckwright.model import (
    Diagnostic,
    Failure,
    FailureKind,
    Frame,
    JobReport,
    Location,
    Output,
    Raised,
    Report,
    Result,
    Rich,
    Script,
)
from deckwright.text.lines import Lines

_SLUGS = {kind: str(kind) for kind in FailureKind} | {FailureKind.RAISED: "snippet-failed"}
_HINTS = {
    FailureKind.RAISED: "if a slide is to show this, begin its cell ('# %%') or fence with '#| raises: TYPE'",
    FailureKind.DID_NOT_RAISE: "the error that this cell teaches does not happen any more",
    FailureKind.TIMEOUT: "make it faster, or set 'timeout' (seconds) in the script's [tool.deckwright] table",
    FailureKind.MEMORY: "make it smaller, or set 'memory' in the script's [tool.deckwright] table",
    FailureKind.OUTPUT: "print or display less, or set 'output' in the script's [tool.deckwright] table",
    FailureKind.DISK: "write less, or set 'disk' in the script's [tool.deckwright] table",
    FailureKind.PROCESSES: "start fewer, or set 'processes' in the script's [tool.deckwright] table",
    FailureKind.KILLED: "run it alone to see whether it crashes; if memory ran out, try --jobs 1",
    FailureKind.EXITED: "let the script run to its end, and close only files that it has opened",
    FailureKind.UNREADABLE: "let the script write only into files that it has opened",
    FailureKind.REMOVED: "build again, and leave build/ alone until it has ended (so must the script)",
    FailureKind.NO_FIGURE: "leave the figure open: end with plt.show(), without closing or clearing it",
}
_HINTS_IN_DECKS = {
    FailureKind.TIMEOUT: "make it faster, or set 'timeout' (seconds) in [tool.deckwright] of pyproject.toml",
    FailureKind.MEMORY: "make it smaller, or move it to a script, which can set 'memory'",
    FailureKind.OUTPUT: "print or display less, or move it to a script, which can set 'output'",
    FailureKind.DISK: "write less, or move it to a script, which can set 'disk'",
    FailureKind.PROCESSES: "start fewer at a time, or move it to a script, which can set 'processes'",
}
"""Hints for what the fences of a deck do, which have no table of options."""

_HINTS_BY_TYPE = {
    "ModuleNotFoundError": "install what brings it; a module of your own must stand beside this file",
    "FileNotFoundError": "it runs in the folder of this file: paths begin there",
    "EOFError": "there is no input here: write the answer into the code in place of input()",
}


def failure_diagnostic(script: Script, result: Result) -> Diagnostic | None:
    """Return what is wrong with a run; None for a good one."""
    if result.failure is None:
        return None
    failure = result.failure
    slug = _SLUGS[failure.kind]
    lines = Lines(script.path, script.text)
    location = _location(script, lines, failure)
    hint = _HINTS.get(failure.kind, "")
    if not script.path.endswith(".py"):
        hint = _HINTS_IN_DECKS.get(failure.kind, hint)
    raised = failure.raised if failure.kind is FailureKind.RAISED else None
    if raised:
        hint = _HINTS_BY_TYPE.get(raised.type.removeprefix("builtins."), hint)
    if cause := outside_cause(failure):
        again = "the next build runs it again (serve: when it is saved)"
        hint = f"the cause may be {cause}: {again}" if raised or not hint else f"{hint}; {again}"
    subject = raised.type if raised else ""
    message = _message(failure, script.path)
    if result.job != script.path:  # other variants may be good
        message += f" (on {result.device})"
    return lines.diagnostic(slug, message, location, hint, subject=subject)


def with_repeated(report: Report) -> Report:
    """Return a report in which the failures of earlier runs say that they are."""
    scripts: dict[str, list[JobReport]] = {}
    for job in report.jobs:
        if job.failure and not job.outside:
            scripts.setdefault(job.script, []).append(job)
    repeated = {script for script, jobs in scripts.items() if not any(job.ran for job in jobs)}
    return replace(report, diagnostics=tuple(_repeated(report.diagnostics, repeated)))


def _repeated(found: Iterable[Diagnostic], scripts: Collection[str]) -> Iterator[Diagnostic]:
    for each in found:
        if each.slug in _SLUGS.values() and each.location.path in scripts:
            note = "an earlier run gave this: `--force` runs it again"
            each = replace(each, hint=f"{each.hint}; {note}" if each.hint else note)
        yield each


def anchored(script: Script, result: Result) -> Result:
    """Return a kept result whose tracebacks point to where their code stands now: comments move lines."""
    lines = Lines(script.path, script.text)
    rows = [_bare(lines[number]) for number in range(1, len(lines) + 1)]

    def now(frame: Frame) -> Frame:
        wanted = _bare(frame.code)
        same = [number for number, row in enumerate(rows, 1) if row == wanted]
        if frame.path != script.path or not wanted or not same:
            return frame
        line = min(same, key=lambda number: abs(number - frame.line))
        return replace(frame, line=line, code=_as_now(frame.code, lines[line]))

    def moved(raised: Raised | None) -> Raised | None:
        if raised is None:
            return None
        earlier = tuple(replace(each, frames=tuple(map(now, each.frames))) for each in raised.earlier)
        return replace(raised, frames=tuple(map(now, raised.frames)), earlier=earlier)

    failure = result.failure and replace(result.failure, raised=moved(result.failure.raised))
    outputs = tuple(replace(out, raised=moved(out.raised)) if out.raised else out for out in result.outputs)
    return replace(result, outputs=outputs, failure=failure)


def stderr_diagnostic(script: Script, result: Result, shown: bool) -> Diagnostic | None:
    """Return a warning for a run that wrote to stderr, unless a slide shows it."""
    wrote = next((i for i, out in enumerate(result.outputs) if out.printed("stderr").strip()), None)
    if wrote is None or shown or result.failure:
        return None
    lines = Lines(script.path, script.text)
    text = result.outputs[wrote].printed("stderr").strip().splitlines()[0]
    location = _statement(script, lines, wrote)
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
            yield lines.warning("secret-shown", message, _statement(script, lines, index), hint, subject=name)


def _texts(output: Output) -> Iterator[str]:
    for part in output.parts:
        yield from part.data.values() if isinstance(part, Rich) else (part.text,)
    yield output.raised.message if output.raised else ""


def _message(failure: Failure, path: str) -> str:
    if failure.raised is None or failure.kind is not FailureKind.RAISED:
        return failure.message
    name = failure.raised.type.removeprefix("builtins.")
    text = failure.raised.message.splitlines()
    message = f"{name}: {text[0]}" if text else name
    deepest = failure.raised.frames[-1] if failure.raised.frames else None
    if deepest and deepest.path != path:
        message += f" (in {deepest.path}:{deepest.line})"
    return message


def _location(script: Script, lines: Lines, failure: Failure) -> Location:
    frames = failure.raised.frames if failure.raised else ()
    own = [frame for frame in frames if frame.path == script.path]
    if own:
        return _frame(lines, own[-1])
    return _statement(script, lines, failure.statement or 0)


def _bare(code: str) -> str:
    """Return the first line of code without indentation and comment."""
    return code.partition("\n")[0].partition("#")[0].strip()


def _as_now(code: str, row: str) -> str:
    """Return code with its first line as it stands now, indented as it was."""
    first, line_end, rest = code.partition("\n")
    indent = first[: len(first) - len(first.lstrip())]
    return f"{indent}{row.strip()}{line_end}{rest}"


def _frame(lines: Lines, frame: Frame) -> Location:
    line = lines[frame.line]
    code = frame.code.splitlines()[0] if frame.code else ""
    indent = len(line) - len(line.lstrip())
    caret = len(frame.caret) - len(frame.caret.lstrip())
    if frame.caret.strip() and code:
        shift = indent - (len(code) - len(code.lstrip()))
        return lines.location(frame.line, shift + caret + 1, len(frame.caret.strip()))
    return lines.location(frame.line, indent + 1, len(line.strip()))


def _statement(script: Script, lines: Lines, index: int) -> Location:
    statements = [s for unit in script.units for s in unit.statements]
    if not statements:
        return lines.location(1)
    line = statements[min(index, len(statements) - 1)].first_line
    return lines.whole(line)
