"""What a run left in its scratch folder, however it ended, as a `Result`."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from deckwright.child.inputs import read_modules, read_reads, read_writes
from deckwright.child.journal import (
    ArtifactSaved,
    Displayed,
    Ended,
    Event,
    Failed,
    RaisedAsAsserted,
    StatementBegan,
)
from deckwright.child.task import STDERR, STDOUT
from deckwright.execute.scratch_folder import JournalReader, base_bytes
from deckwright.execute.used_modules import used_modules
from deckwright.model import (
    NO_FILE,
    Artifact,
    Failure,
    FailureKind,
    Job,
    Output,
    Raised,
    Result,
    Rich,
)

E = TypeVar("E", bound=Event)
Events = Sequence[Event]


@dataclass(frozen=True, slots=True)
class ProcessEnd:
    """How a process ended, as seen from outside."""

    status: int
    """Wait status."""
    seconds: float
    peak_bytes: int
    limit: FailureKind | None = None
    """The limit for which we ended it."""


def read_result(job: Job, folder: Path, process: ProcessEnd, root: Path) -> Result:
    """Return the result of a run; what cannot be read is a failure of the job too.

    `root` is the project's. What the run read is known however it process.
    """
    try:
        result = _read(job, folder, process)
    except (OSError, LookupError, TypeError, ValueError) as error:
        message = f"what the run left cannot be read: {error!r}"
        failure = Failure(FailureKind.UNREADABLE, message)
        result = Result(job.id, job.device, process.seconds, failure=failure)
    return _with_inputs(result, job, folder, root)


def _with_inputs(result: Result, job: Job, folder: Path, root: Path) -> Result:
    reads = read_reads(folder, root)
    reads.pop(job.id, None)  # its code is known without its file
    there = [path for path, stamp in reads.items() if stamp != NO_FILE]
    used = used_modules(job, folder, root, there) | _capturing(result)
    modules = read_modules(folder, root) & reads.keys()
    return replace(
        result,
        reads=reads,
        modules=modules,
        imports=tuple(sorted(used)),
        writes=read_writes(folder, root),
    )


def _capturing(result: Result) -> set[str]:
    """Return the modules by which we captured what a run displayed and drew."""
    displayed = {"IPython"} if any(output.display for output in result.outputs) else set()
    return displayed | ({"matplotlib"} if result.artifacts else set())


def without_root(result: Result, root: Path) -> Result:
    """Make paths relative to the project in what Python says: warnings and errors.

    What the script itself prints to stdout stays as it is.
    """

    def relative(text: str) -> str:
        return text.replace(f"{root}{os.sep}", "")

    def raised(error: Raised | None) -> Raised | None:
        return error and replace(error, message=relative(error.message))

    outputs = tuple(
        replace(output, stderr=relative(output.stderr), raised=raised(output.raised))
        for output in result.outputs
    )
    failure = result.failure and replace(
        result.failure, message=relative(result.failure.message), raised=raised(result.failure.raised)
    )
    return replace(result, outputs=outputs, failure=failure)


def _read(job: Job, folder: Path, process: ProcessEnd) -> Result:
    events = JournalReader(folder).new_events()
    end = _last(events, Ended)
    peak = max(process.peak_bytes, end.peak_bytes - base_bytes(folder) if end else 0)
    result = Result(
        job.id,
        job.device,
        end.seconds if end else process.seconds,
        _outputs(job, folder, events),
        artifacts=tuple(_artifacts(folder, events)),
        failure=_failure(job, events, _limit(job, folder, process)) or _death(events, process),
        unreached=_unreached(job, events),
        peak_bytes=peak,
    )
    return replace(result, values=end.values) if end else result


# --- outputs ----------------------------------------------------------------------------------


def _outputs(job: Job, folder: Path, events: Events) -> tuple[Output, ...]:
    outputs = [Output()] * sum(len(unit.statements) for unit in job.units)
    began = [event for event in events if isinstance(event, StatementBegan)]
    out = _texts(folder / STDOUT, [event.stdout_bytes for event in began], job.options.output_bytes)
    err = _texts(folder / STDERR, [event.stderr_bytes for event in began], job.options.output_bytes)
    for event, stdout, stderr in zip(began, out, err, strict=True):
        outputs[event.statement] = Output(stdout, stderr)
    for each in events:
        if isinstance(each, Displayed) and each.data:
            outputs[each.statement] = replace(outputs[each.statement], display=Rich(each.data))
        elif isinstance(each, RaisedAsAsserted):
            outputs[each.statement] = replace(outputs[each.statement], raised=each.raised)
    return tuple(outputs)


def _unreached(job: Job, events: Events) -> tuple[int, ...]:
    reached = {event.statement for event in events if isinstance(event, StatementBegan)}
    count = sum(len(unit.statements) for unit in job.units)
    return tuple(number for number in range(count) if number not in reached)


def _texts(file: Path, starts: list[int], most_bytes: int) -> list[str]:
    """Return what was written from each start to the next; the last one's goes to the end."""
    data = b""
    # A process that dies early enough leaves no file at all.
    with suppress(FileNotFoundError), file.open("rb") as stream:
        data = stream.read(most_bytes)
    # Without a single start there is no end either: the shorter list decides.
    pieces = (data[start:end] for start, end in zip(starts, [*starts[1:], None], strict=False))
    return [piece.decode("utf-8", "replace") for piece in pieces]


def _artifacts(folder: Path, events: Events) -> Iterator[Artifact]:
    for event in events:
        if isinstance(event, ArtifactSaved):
            still = (folder / event.still).read_bytes() if event.still else None
            yield Artifact(event.name, (folder / event.file).read_bytes(), event.cell, still)


# --- failures ---------------------------------------------------------------------------------


def _limit(job: Job, folder: Path, process: ProcessEnd) -> FailureKind | None:
    if process.limit is None and written_bytes(folder) > job.options.output_bytes:
        return FailureKind.OUTPUT
    return process.limit


def written_bytes(folder: Path) -> int:
    """Return how much a run has written to stdout and stderr."""
    return sum(_size(folder / name) for name in (STDOUT, STDERR))


def _failure(job: Job, events: Events, limit: FailureKind | None) -> Failure | None:
    failed = _last(events, Failed)
    if limit is None:
        return failed.failure if failed else None
    # Our interrupt shows where it was; an error from before that says nothing about the limit.
    raised = failed.failure.raised if failed else None
    where = raised if raised and raised.type == "KeyboardInterrupt" else None
    return Failure(limit, _limit_message(job, limit), _last_statement(events), where)


def _limit_message(job: Job, limit: FailureKind) -> str:
    if limit is FailureKind.TIMEOUT:
        return f"ran longer than {job.options.timeout_seconds:g} s"
    if limit is FailureKind.MEMORY:
        return f"used more than {_in_words(job.options.memory_bytes)} of memory"
    return f"printed more than {_in_words(job.options.output_bytes)}"


def _death(events: Events, process: ProcessEnd) -> Failure | None:
    """Return the failure of a job that did not end itself."""
    if _last(events, Ended):
        return None
    at = _last_statement(events)
    if os.WIFSIGNALED(process.status):
        return Failure(FailureKind.KILLED, _signal_message(os.WTERMSIG(process.status)), at)
    code = os.waitstatus_to_exitcode(process.status)
    return Failure(FailureKind.EXITED, f"ended without finishing (exit code {code})", at)


def _signal_message(number: int) -> str:
    names = {each.value: each.name for each in signal.Signals}  # real-time signals have no names
    return f"was killed by {names.get(number, f'signal {number}')} ({signal.strsignal(number)})"


def _last_statement(events: Events) -> int | None:
    began = _last(events, StatementBegan)
    return began.statement if began else None


def _last(events: Events, kind: type[E]) -> E | None:
    return next((event for event in reversed(events) if isinstance(event, kind)), None)


def _in_words(count_bytes: int) -> str:
    """Return a size in the largest unit that divides it, else in bytes."""
    for unit, size in (("GiB", 2**30), ("MiB", 2**20), ("KiB", 2**10)):
        if count_bytes % (size // 8) == 0 and count_bytes >= size:
            return f"{count_bytes / size:g} {unit}"
    return f"{count_bytes} bytes"


def _size(file: Path) -> int:
    try:
        return file.stat().st_size
    except OSError:
        return 0
