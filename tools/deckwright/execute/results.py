"""What a run left in its scratch folder, however it ended, as a `Result`."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from deckwright.child.inputs import read_modules, read_reads, read_writes
from deckwright.child.journal import read_journal
from deckwright.child.task import STDERR, STDOUT
from deckwright.execute.used_modules import used_modules
from deckwright.model import (
    NO_FILE,
    Artifact,
    Failure,
    FailureKind,
    Frame,
    Job,
    Output,
    Raised,
    Result,
    Rich,
)

Event = Mapping[str, Any]
Events = Sequence[Event]


@dataclass(frozen=True, slots=True)
class Ended:
    """How a process ended, as seen from outside."""

    status: int
    """Wait status."""
    seconds: float
    peak_bytes: int
    limit: FailureKind | None = None
    """The limit for which we ended it."""


def read_result(job: Job, folder: Path, ended: Ended, root: Path) -> Result:
    """Return the result of a run; what cannot be read is a failure of the job too.

    `root` is the project's. What the run read is known however it ended.
    """
    try:
        result = _read(job, folder, ended)
    except (OSError, LookupError, TypeError, ValueError) as error:
        message = f"what the run left cannot be read: {error!r}"
        failure = Failure(FailureKind.UNREADABLE, message)
        result = Result(job.id, job.device, ended.seconds, failure=failure)
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


def _read(job: Job, folder: Path, ended: Ended) -> Result:
    events = read_journal(folder)
    end = next((e for e in events if e["event"] == "end"), None)
    peak = max(ended.peak_bytes, end["peak_bytes"] - base_bytes(folder) if end else 0)
    result = Result(
        job.id,
        job.device,
        end["seconds"] if end else ended.seconds,
        _outputs(job, folder, events),
        artifacts=tuple(_artifacts(folder, events)),
        failure=_failure(job, events, _limit(job, folder, ended)) or _death(events, ended),
        unreached=_unreached(job, events),
        peak_bytes=peak,
    )
    return replace(result, values=end["values"]) if end else result


# --- outputs ----------------------------------------------------------------------------------


def _outputs(job: Job, folder: Path, events: Events) -> tuple[Output, ...]:
    outputs = [Output()] * sum(len(unit.statements) for unit in job.units)
    marks = [event for event in events if event["event"] == "at"]
    out = _texts(folder / STDOUT, [mark["out"] for mark in marks], job.options.output_bytes)
    err = _texts(folder / STDERR, [mark["err"] for mark in marks], job.options.output_bytes)
    for mark, stdout, stderr in zip(marks, out, err, strict=True):
        outputs[mark["statement"]] = Output(stdout, stderr)
    for event in events:
        if event["event"] == "display" and event["data"]:
            at = event["statement"]
            outputs[at] = replace(outputs[at], display=Rich(event["data"]))
        elif event["event"] == "raised":
            at = event["statement"]
            outputs[at] = replace(outputs[at], raised=_raised(event["raised"]))
    return tuple(outputs)


def _unreached(job: Job, events: Events) -> tuple[int, ...]:
    reached = {event["statement"] for event in events if event["event"] == "at"}
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
        if event["event"] == "artifact":
            still = (folder / event["still"]).read_bytes() if event["still"] else None
            data = (folder / event["file"]).read_bytes()
            yield Artifact(event["name"], data, event["cell"], still)


def base_bytes(folder: Path) -> int:
    """Return the memory that a process had before its script began (0 until it tells).

    For a forked one, that is mostly what it shares with the server.
    """
    first = next((e for e in read_journal(folder) if e["event"] == "start"), None)
    return int(first["peak_bytes"]) if first else 0


# --- failures ---------------------------------------------------------------------------------


def _limit(job: Job, folder: Path, ended: Ended) -> FailureKind | None:
    if ended.limit is None and written_bytes(folder) > job.options.output_bytes:
        return FailureKind.OUTPUT
    return ended.limit


def written_bytes(folder: Path) -> int:
    """Return how much a run has written to stdout and stderr."""
    return sum(_size(folder / name) for name in (STDOUT, STDERR))


def _failure(job: Job, events: Events, limit: FailureKind | None) -> Failure | None:
    noted = next((e for e in events if e["event"] == "failure"), None)
    raised = _raised(noted["raised"]) if noted and "raised" in noted else None
    if limit is not None:
        # Our interrupt shows where it was; an error from before that is another story.
        where = raised if raised and raised.type == "KeyboardInterrupt" else None
        return Failure(limit, _limit_message(job, limit), _last_statement(events), where)
    if noted is None:
        return None
    return Failure(FailureKind(noted["kind"]), noted["message"], noted["statement"], raised)


def _limit_message(job: Job, limit: FailureKind) -> str:
    if limit is FailureKind.TIMEOUT:
        return f"ran longer than {job.options.timeout_seconds:g} s"
    if limit is FailureKind.MEMORY:
        return f"used more than {_in_words(job.options.memory_bytes)} of memory"
    return f"printed more than {_in_words(job.options.output_bytes)}"


def _death(events: Events, ended: Ended) -> Failure | None:
    """Return the failure of a job that wrote no end into its journal."""
    if any(event["event"] == "end" for event in events):
        return None
    at = _last_statement(events)
    if os.WIFSIGNALED(ended.status):
        return Failure(FailureKind.KILLED, _signal_message(os.WTERMSIG(ended.status)), at)
    code = os.waitstatus_to_exitcode(ended.status)
    return Failure(FailureKind.EXITED, f"ended without finishing (exit code {code})", at)


def _signal_message(number: int) -> str:
    names = {each.value: each.name for each in signal.Signals}  # real-time signals have no names
    return f"was killed by {names.get(number, f'signal {number}')} ({signal.strsignal(number)})"


def _last_statement(events: Events) -> int | None:
    return next((e["statement"] for e in reversed(events) if e["event"] == "at"), None)


def _raised(data: Event) -> Raised:
    return Raised(data["type"], data["message"], tuple(Frame(**f) for f in data["frames"]))


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
