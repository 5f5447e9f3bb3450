"""Builds in several processes that share one store."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from deckwright.model import Artifact, Record, Result
from deckwright.store import Store
from support.course import output

pytestmark = pytest.mark.integration

TESTS = Path(__file__).parents[1]
RUNS = 40


def run(job: str, number: int) -> tuple[Record, Result]:
    picture = Artifact("a.svg", f"{number % 7}".encode() * 1000)  # some runs share a picture
    return (
        Record(job, f"{job} {number}", {}, {}, {}, 0.1),
        Result(job, "cpu", 0.1, (output(f"{job} {number}"),), artifacts=(picture,)),
    )


def work(folder: str, job: str, limit_bytes: str) -> None:
    """Put many runs, each twice; prune meanwhile if there is a limit."""
    for number in range(RUNS):
        store, (record, result) = Store(Path(folder), most_replaced=5), run(job, number)
        store.put(record, result)
        store.put(record, result)
        assert store.get(record) in (result, None)
        if int(limit_bytes):
            assert store.prune([record], [], int(limit_bytes)) >= 0


def start(folder: Path, job: str, limit_bytes: int) -> subprocess.Popen[str]:
    paths = os.pathsep.join([str(TESTS), str(TESTS.parent / "tools")])
    code = "import sys; from integration.test_store import work; work(*sys.argv[1:])"
    return subprocess.Popen(
        [sys.executable, "-c", code, str(folder), job, str(limit_bytes)],
        env={**os.environ, "PYTHONPATH": paths},
        stderr=subprocess.PIPE,
        text=True,
    )


@pytest.mark.parametrize("limit_bytes", [0, 5000])
def test_processes_that_put_and_prune_at_once(tmp_path: Path, limit_bytes: int) -> None:
    workers = [start(tmp_path, job, limit_bytes) for job in ("a.py", "b.py", "c.py")]
    ends = [(worker.communicate(timeout=100)[1], worker.returncode) for worker in workers]
    assert ends == [("", 0)] * 3
    store = Store(tmp_path)
    known = [store.get(run(job, number)[0]) for job in ("a.py", "b.py", "c.py") for number in range(RUNS)]
    right = [run(job, number)[1] for job in ("a.py", "b.py", "c.py") for number in range(RUNS)]
    assert all(found in (None, result) for found, result in zip(known, right, strict=True))
    if not limit_bytes:
        assert known == right  # nothing is lost when the log is rewritten
        assert sum(1 for job in ("a.py", "b.py", "c.py") for _ in store.records(job)) == 3 * RUNS
    assert not list(tmp_path.rglob("*.tmp"))
