"""The `Result` of a run, from what is in its scratch folder and how its process ended."""

from __future__ import annotations

import os
import signal
from collections.abc import Sequence
from dataclasses import replace
from itertools import chain
from pathlib import Path

from deckwright.child.journal import (
    Ended,
    Failed,
    FigureOpened,
    FigureWasCut,
    GlyphsWereMissing,
    RankEnded,
    Started,
    StatementBegan,
)
from deckwright.child.task import FAULT, JOURNAL, STDERR, rank_folder
from deckwright.execute.inputs import Inputs, module_texts, read_inputs, regional_inputs, used_modules
from deckwright.execute.limits import broken_limit, limit_message
from deckwright.execute.outputs import outputs_of
from deckwright.execute.own_text import looks_at_text
from deckwright.execute.scratch_folder import RunFiles, missing_files, read_run_files
from deckwright.execute.stack import stack_frames
from deckwright.files.digests import digest
from deckwright.frozen import dataclass
from deckwright.model import Failure, FailureKind, Job, Output, Part, Printed, Raised, RanksAt, Result, Rich

_INTERRUPT = "KeyboardInterrupt"


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
        folders = [Path(rank_folder(str(folder), rank)) for rank in range(job.options.nproc)]
        ranks = [read_run_files(each, job.options.output_bytes) for each in folders]
        result = _result(job, ranks, process, root)
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
    parts = [part for output in chain(result.outputs, *result.of_ranks) for part in output.parts]
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

    def outputs(those: tuple[Output, ...]) -> tuple[Output, ...]:
        return tuple(Output(tuple(map(part_without_root, each.parts)), raised(each.raised)) for each in those)

    failure = result.failure and replace(
        result.failure, message=relative(result.failure.message), raised=raised(result.failure.raised)
    )
    ranks = tuple(map(outputs, result.of_ranks))
    return replace(result, outputs=outputs(result.outputs), of_ranks=ranks, failure=failure)


def _result(job: Job, ranks: Sequence[RunFiles], process: ProcessEnd, root: Path) -> Result:
    files, *others = ranks
    started, ended = files.last(Started), files.last(Ended)
    before = started.peak_bytes if started else 0
    outputs = outputs_of(job, files)
    reached = {event.statement for event in files.all(StatementBegan)}
    written = sum(each.written_bytes for each in ranks)
    limit = process.limit or broken_limit(job.options, written_bytes=written)
    return Result(
        job.id,
        job.device,
        ended.seconds if ended else process.seconds,
        outputs,
        of_ranks=tuple(outputs_of(job, each) for each in others),
        values=ended.values if ended else {},
        artifacts=files.artifacts,
        drew=tuple(event.statement for event in files.all(FigureOpened)),
        cut=tuple(event.figure for event in files.all(FigureWasCut)),
        missing_glyphs=tuple(event.glyphs for event in files.all(GlyphsWereMissing)),
        failure=_over_limit(job, ranks, limit, root) if limit else _failure(ranks, process),
        unreached=tuple(number for number in range(len(outputs)) if number not in reached),
        card=ended.card if ended else {},
        peak_bytes=max(process.peak_bytes, ended.peak_bytes - before if ended else 0),
    )


def _failure(ranks: Sequence[RunFiles], process: ProcessEnd) -> Failure | None:
    """Return the failure of a run: of several ranks, that of the one that went wrong first.

    Others then fail because it is gone. So one that has ended without a word comes before all that raised.
    """
    if len(ranks) == 1:
        failed = ranks[0].last(Failed)
        return failed.failure if failed else _death(ranks[0], process)
    failed_at = {rank: event for rank, each in enumerate(ranks) if (event := each.last(Failed))}
    raised = [(rank, event.failure) for rank, event in sorted(failed_at.items(), key=lambda item: item[1].at)]
    ended = [(event.rank, replace(process, status=event.status)) for event in ranks[0].all(RankEnded)]
    if not raised:  # nothing may have waited for them
        ended += [(rank, process) for rank in range(len(ranks))]
    dead = [(rank, _death(ranks[rank], end)) for rank, end in ended if rank not in failed_at]
    firsts = ((rank, failure) for rank, failure in chain(dead, raised) if failure)
    return next((replace(failure, rank=rank) for rank, failure in firsts), None)


def _over_limit(job: Job, ranks: Sequence[RunFiles], limit: FailureKind, root: Path) -> Failure:
    """Return the failure of a job that was ended; of several ranks, it is where the fewest still were."""
    message, places = limit_message(job.options, limit), _places(job, ranks, root)
    at = min(places, key=lambda at: (at.ended, at.statement is None, len(at.ranks)))
    return Failure(limit, message, at.statement, at.raised, ranks=places if len(ranks) > 1 else ())


def _places(job: Job, ranks: Sequence[RunFiles], root: Path) -> tuple[RanksAt, ...]:
    """Return where ranks were, those together that were at the same lines."""
    places: dict[object, RanksAt] = {}
    for rank, files in enumerate(ranks):
        ended = bool(files.last(Ended)) and not files.last(Failed)
        at = RanksAt((rank,), _last_statement(files), _interrupt(job, files, root), ended)
        lines = [(frame.path, frame.line) for frame in at.raised.frames] if at.raised else []
        key = (at.ended, at.statement, *lines)
        known = places.setdefault(key, at)
        places[key] = known if known is at else replace(known, ranks=(*known.ranks, rank))
    return tuple(places.values())


def _interrupt(job: Job, files: RunFiles, root: Path) -> Raised | None:
    """Return the interrupt by which we ended a process, or would have if it had not been in C code."""
    failed = files.last(Failed)
    raised = failed.failure.raised if failed else None
    if raised and raised.type == _INTERRUPT:  # an error from before that says nothing about the limit
        return raised
    frames = stack_frames(files.stack, root, root / job.script, job.source)
    return Raised(_INTERRUPT, "", frames) if frames else None


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
