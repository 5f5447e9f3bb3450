"""The limits of a job's time, memory, output, files and processes, and what it needs to be measured."""

from __future__ import annotations

from deckwright.model import FailureKind, Options
from deckwright.text.sizes import size_text


def broken_limit(
    options: Options,
    *,
    written_bytes: int,
    used_bytes: int = 0,
    disk_bytes: int = 0,
    processes: int = 0,
    threads: int = 0,
    seconds: float = 0,
    cell_seconds: float = 0,
) -> FailureKind | None:
    """Return the limit that a job is over, if any."""
    if used_bytes > options.memory_bytes:
        return FailureKind.MEMORY
    if processes > options.processes or threads > options.threads:
        return FailureKind.PROCESSES
    if written_bytes > options.output_bytes:
        return FailureKind.OUTPUT
    if disk_bytes > options.disk_bytes:
        return FailureKind.DISK
    is_late = seconds > options.timeout_seconds or 0 < options.cell_seconds < cell_seconds
    return FailureKind.TIMEOUT if is_late else None


def limit_message(options: Options, limit: FailureKind) -> str:
    """Say what a job did to be over a limit."""
    if limit is FailureKind.TIMEOUT:
        return f"ran longer than {options.cell_seconds or options.timeout_seconds:g} s"
    if limit is FailureKind.DISK:
        return f"wrote more than {size_text(options.disk_bytes)} into files"
    if limit is FailureKind.PROCESSES:
        return f"had more than {options.processes} processes, or {options.threads} threads"
    if limit is FailureKind.MEMORY:
        return f"used more than {size_text(options.memory_bytes)} of memory"
    return f"printed more than {size_text(options.output_bytes)}"
