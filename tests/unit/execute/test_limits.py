"""When a job is over a limit, and the message for it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from deckwright.execute.limits import broken_limit, limit_message
from deckwright.model import FailureKind, Options

OPTIONS = Options(timeout_seconds=1.5, memory_bytes=2**30, output_bytes=10_000)


@pytest.mark.parametrize(
    ("written", "used", "seconds", "limit"),
    [
        (10_000, 2**30, 1.5, None),
        (10_001, 2**30, 2, FailureKind.OUTPUT),
        (10_001, 2**30 + 1, 2, FailureKind.MEMORY),
        (10_000, 2**30, 2, FailureKind.TIMEOUT),
    ],
)
def test_broken_limit(written: int, used: int, seconds: float, limit: FailureKind | None) -> None:
    assert broken_limit(OPTIONS, written_bytes=written, used_bytes=used, seconds=seconds) is limit


@pytest.mark.parametrize(
    ("processes", "threads", "limit"),
    [(7, 70, None), (8, 8, FailureKind.PROCESSES), (2, 71, FailureKind.PROCESSES)],
)
def test_processes_and_threads(processes: int, threads: int, limit: FailureKind | None) -> None:
    options = replace(OPTIONS, processes=7)
    assert broken_limit(options, written_bytes=10_001, processes=processes, threads=threads) is (
        limit or FailureKind.OUTPUT
    )


def test_files_have_a_limit() -> None:
    options = replace(OPTIONS, disk_bytes=5_000_000)
    assert broken_limit(options, written_bytes=0, disk_bytes=5_000_000) is None
    assert broken_limit(options, written_bytes=0, disk_bytes=5_000_001) is FailureKind.DISK
    assert limit_message(options, FailureKind.DISK) == "wrote more than 4.8 MiB into files"


def test_a_cell_may_have_a_limit_of_its_own() -> None:
    options = replace(OPTIONS, cell_seconds=1)
    assert broken_limit(options, written_bytes=0, cell_seconds=0.9) is None
    assert broken_limit(options, written_bytes=0, cell_seconds=1.1) is FailureKind.TIMEOUT
    assert broken_limit(OPTIONS, written_bytes=0, cell_seconds=1.1) is None
    assert limit_message(options, FailureKind.TIMEOUT) == "ran longer than 1 s"


@pytest.mark.parametrize(
    ("limit", "message"),
    [
        (FailureKind.TIMEOUT, "ran longer than 1.5 s"),
        (FailureKind.MEMORY, "used more than 1 GiB of memory"),
        (FailureKind.OUTPUT, "printed more than 9.8 KiB"),
        (FailureKind.PROCESSES, "had more than 500 processes, or 5000 threads"),
    ],
)
def test_messages(limit: FailureKind, message: str) -> None:
    assert limit_message(OPTIONS, limit) == message
