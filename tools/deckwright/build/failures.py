"""A failed run -> a diagnostic at the line of the author's text that did it."""

from __future__ import annotations

import posixpath
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace

from deckwright.execute.outside import outside_cause
from deckwright.model import (
    Diagnostic,
    Failure,
    FailureKind,
    Frame,
    JobReport,
    Location,
    Overrides,
    Raised,
    RanksAt,
    Report,
    Result,
    Script,
)
from deckwright.text.counts import ranks_in_words
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


def failure_diagnostic(
    script: Script, result: Result, overrides: Overrides = (), *, is_small: bool = False
) -> Diagnostic | None:
    """Return what is wrong with a run; None for a good one.

    `overrides` are the values that it had, and `is_small` says that they are those of a smoke run.
    """
    if result.failure is None:
        return None
    failure = result.failure
    slug = _SLUGS[failure.kind]
    lines = Lines(script.path, script.text)
    location = failure_location(script, lines, failure)
    hint = _HINTS.get(failure.kind, "")
    if not script.path.endswith(".py"):
        hint = _HINTS_IN_DECKS.get(failure.kind, hint)
    if failure.kind is FailureKind.TIMEOUT and len(failure.ranks) > 1:
        hint = f"let all ranks reach the calls in which they wait for each other, or {hint}"
    raised = failure.raised if failure.kind is FailureKind.RAISED else None
    if raised:
        hint = _hint_of(raised, script.path) or hint
    if cause := outside_cause(failure):
        again = "the next build runs it again (serve: when it is saved)"
        hint = f"the cause may be {cause}: {again}" if raised or not hint else f"{hint}; {again}"
    subject = raised.type if raised else ""
    message = _message(failure, script.path)
    if failure.rank is not None:
        message = f"rank {failure.rank}: {message}"
    if failure.ranks:
        message += f": {'; '.join(_ranks_at(script, lines, each) for each in failure.ranks)}"
    if overrides:
        values = ", ".join(f"{name} = {value}" for name, value in overrides)
        message += f" (with {values})"
        if raised and not is_small:
            hint = "correct the script, or take the value out of its table [tool.deckwright.vary]"
        elif subject.endswith("AssertionError"):
            hint = "small values need not hold it: begin its cell ('# %%') with '#| smoke: false'"
    elif result.job != script.path:  # other variants may be good
        message += f" (on {result.device})"
    return lines.diagnostic(slug, message, location, hint, subject=subject)


def _hint_of(raised: Raised, path: str) -> str:
    """Return what to do about an exception, if its kind says it."""
    module = posixpath.basename(path).removesuffix(".py")
    if f"partially initialized module '{module}'" in raised.message:
        return f"this file is called like a module that it imports, and finds itself: rename {module}.py"
    return _HINTS_BY_TYPE.get(raised.type.removeprefix("builtins."), "")


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


def _ranks_at(script: Script, lines: Lines, at: RanksAt) -> str:
    """Say where ranks were: at which line of the script."""
    ranks = ranks_in_words(at.ranks)
    if at.ended:
        return f"{ranks} had ended"
    if at.statement is None:
        return f"{ranks} had not begun"
    where = Failure(FailureKind.TIMEOUT, "", at.statement, at.raised)
    verb = "was" if len(at.ranks) == 1 else "were"
    return f"{ranks} {verb} at line {failure_location(script, lines, where).line}"


def failure_location(script: Script, lines: Lines, failure: Failure) -> Location:
    frames = failure.raised.frames if failure.raised else ()
    own = [frame for frame in frames if frame.path == script.path]
    if own:
        return _frame(lines, own[-1])
    return statement_location(script, lines, failure.statement or 0)


def _frame(lines: Lines, frame: Frame) -> Location:
    line = lines[frame.line]
    code = frame.code.splitlines()[0] if frame.code else ""
    indent = len(line) - len(line.lstrip())
    caret = len(frame.caret) - len(frame.caret.lstrip())
    if frame.caret.strip() and code:
        shift = indent - (len(code) - len(code.lstrip()))
        return lines.location(frame.line, shift + caret + 1, len(frame.caret.strip()))
    return lines.location(frame.line, indent + 1, len(line.strip()))


def statement_location(script: Script, lines: Lines, index: int) -> Location:
    """Return the line where a statement of a script begins."""
    statements = [s for unit in script.units for s in unit.statements]
    if not statements:
        return lines.location(1)
    line = statements[min(index, len(statements) - 1)].first_line
    return lines.whole(line)
