"""The `Result` of a run, from what is in its scratch folder and how its process ended."""

from __future__ import annotations

import os
import signal
from dataclasses import dataclass, replace
from pathlib import Path

from deckwright.child.journal import (
    Ended,
    Failed,
    FigureOpened,
    FigureWasCut,
    GlyphsWereMissing,
    Started,
    StatementBegan,
)
from deckwright.child.task import FAULT, JOURNAL, STDERR
from deckwright.execute.inputs import Inputs, module_texts, read_inputs, regional_inputs, used_modules
from deckwright.execute.limits import broken_limit, limit_message
from deckwright.execute.outputs import outputs_of
from deckwright.execute.own_text import looks_at_text
from deckwright.execute.scratch_folder import RunFiles, missing_files, read_run_files
from deckwright.files.digests import digest
from deckwright.model import Failure, FailureKind, Job, Output, Part, Printed, Raised, Result, Rich


@dataclass(frozen=True, slots=True)
class ProcessEnd:
    """How the process of a job ended."""

    status: int
    """Wait status."""
    seconds: float
    peak_bytes: int
    limit: FailureKind | None = None
    """The limit for which it was ended, or REMOVED."""
    lost: bool = False
    """Whether the processes that ran it ended first, though nothing else ran there: its status is unknown."""


def read_result(job: Job, folder: Path, process: ProcessEnd, root: Path) -> Result:
    """Return the result of a run, which is a failure if it cannot be read.

    `root` is the project's.
    """
    if process.limit is FailureKind.REMOVED:
        return _without_files(job, process)
    try:
        inputs = read_inputs(folder, root, job.script)
        result = _result(job, read_run_files(folder, job.options.output_bytes), process)
        if _was_removed(folder, inputs, process):
            return _without_files(job, process)
    except FileNotFoundError:
        return _without_files(job, process)
    except (OSError, LookupError, ValueError) as error:
        failure = Failure(FailureKind.UNREADABLE, f"what the run left cannot be read: {_words(error)}")
        return Result(job.id, job.device, process.seconds, failure=failure)
    modules = module_texts(inputs, root)
    looks = looks_at_text(job, inputs, result, modules)
    return replace(
        result,
        text=digest(job.source) if looks else "",
        reads={**inputs.reads, **regional_inputs(job, modules)},
        modules=frozenset() if looks else inputs.modules,
        imports=tuple(sorted(used_modules(job, inputs, modules) | _capturing(result))),
        writes=inputs.writes,
        by_kernel=inputs.by_kernel,
    )


def _words(error: Exception) -> str:
    return str((isinstance(error, OSError) and error.strerror) or error)


def _was_removed(folder: Path, inputs: Inputs, process: ProcessEnd) -> bool:
    """Whether files of a run that was not ended early are gone, all or some of them."""
    if process.limit or process.lost or os.WIFSIGNALED(process.status):
        return False
    missing = missing_files(folder)
    never_began = process.status != 0 and STDERR in missing and JOURNAL in missing
    return not inputs.is_whole or bool(missing and not never_began)


def _without_files(job: Job, process: ProcessEnd) -> Result:
    failure = Failure(FailureKind.REMOVED, "its files below build/.scratch were removed while it ran")
    return Result(job.id, job.device, process.seconds, failure=failure)


def _capturing(result: Result) -> set[str]:
    """Return the modules with which we captured what a run displayed and drew."""
    parts = [part for output in result.outputs for part in output.parts]
    displayed = {"IPython"} if any(isinstance(part, Rich) for part in parts) else set()
    return displayed | ({"matplotlib"} if result.artifacts else set())


def without_root(result: Result, root: Path) -> Result:
    """Make paths relative to the project in warnings and errors, but not in stdout."""

    def relative(text: str) -> str:
        return text.replace(f"{root}{os.sep}", "")

    def part_without_root(part: Part) -> Part:
        if isinstance(part, Printed) and part.stream == STDERR:
            return Printed(STDERR, relative(part.text))
        return part

    def raised(error: Raised | None) -> Raised | None:
        if error is None:
            return None
        earlier = tuple(replace(each, message=relative(each.message)) for each in error.earlier)
        return replace(error, message=relative(error.message), earlier=earlier)

    outputs = tuple(
        Output(tuple(map(part_without_root, output.parts)), raised(output.raised))
        for output in result.outputs
    )
    failure = result.failure and replace(
        result.failure, message=relative(result.failure.message), raised=raised(result.failure.raised)
    )
    return replace(result, outputs=outputs, failure=failure)


def _result(job: Job, files: RunFiles, process: ProcessEnd) -> Result:
    started, ended = files.last(Started), files.last(Ended)
    before = started.peak_bytes if started else 0
    outputs = outputs_of(job, files)
    reached = {event.statement for event in files.all(StatementBegan)}
    limit = process.limit or broken_limit(job.options, written_bytes=files.written_bytes)
    return Result(
        job.id,
        job.device,
        ended.seconds if ended else process.seconds,
        outputs,
        values=ended.values if ended else {},
        artifacts=files.artifacts,
        drew=tuple(event.statement for event in files.all(FigureOpened)),
        cut=tuple(event.figure for event in files.all(FigureWasCut)),
        missing_glyphs=tuple(event.glyphs for event in files.all(GlyphsWereMissing)),
        failure=_failure(job, files, limit) or _death(files, process),
        unreached=tuple(number for number in range(len(outputs)) if number not in reached),
        card=ended.card if ended else {},
        peak_bytes=max(process.peak_bytes, ended.peak_bytes - before if ended else 0),
    )


def _failure(job: Job, files: RunFiles, limit: FailureKind | None) -> Failure | None:
    failed = files.last(Failed)
    if limit is None:
        return failed.failure if failed else None
    # Our interrupt shows where it was; an error from before that says nothing about the limit.
    raised = failed.failure.raised if failed else None
    where = raised if raised and raised.type == "KeyboardInterrupt" else None
    return Failure(limit, limit_message(job.options, limit), _last_statement(files), where)


def _death(files: RunFiles, process: ProcessEnd) -> Failure | None:
    """Return the failure of a job whose process ended before its script did."""
    if files.last(Ended):
        return None
    at = _last_statement(files)
    if process.lost:
        return Failure(FailureKind.KILLED, "ended or stopped the process that runs it", at)
    if os.WIFSIGNALED(process.status):
        return Failure(FailureKind.KILLED, _signal_message(os.WTERMSIG(process.status)), at)
    code = os.waitstatus_to_exitcode(process.status)
    what = "broke what records it" if code == FAULT else "ended without finishing"
    return Failure(FailureKind.EXITED, f"{what} (exit code {code})", at)


def _signal_message(number: int) -> str:
    names = {each.value: each.name for each in signal.Signals}  # real-time signals have no names
    return f"was killed by {names.get(number, f'signal {number}')} ({signal.strsignal(number)})"


def _last_statement(files: RunFiles) -> int | None:
    began = files.last(StatementBegan)
    return began.statement if began else None
