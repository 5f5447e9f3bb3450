"""Workers that live long: jobs cancelled, kept and taken over; leases, threads and nothing left behind."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from deckwright.errors import Cancelled
from deckwright.execute.workers import Workers
from deckwright.model import Job, Result
from integration.test_execute import is_alive, make_job

pytestmark = pytest.mark.integration

GATE = """
    import os, time
    with open(f"{__file__}.pids", "a") as file: print(os.getpid(), file=file)
    while not os.path.exists("gate"):
        time.sleep(0.01)
    print("through", flush=True)
"""
"""A script that ends when somebody makes the file `gate`, and tells which processes ran it."""


@pytest.fixture
def workers(tmp_path: Path) -> Iterator[Workers]:
    with Workers(tmp_path, jobs=2, scratch=tmp_path / "build/scratch") as each:
        yield each
    assert not psutil.Process().children(recursive=True)
    assert list((tmp_path / "build/scratch").iterdir()) == []


def pids(root: Path, name: str) -> list[int]:
    """Return the processes that have run a script so far; wait for the first."""
    file = root / f"{name}.pids"
    wait_until(lambda: file.exists() and file.read_text().endswith("\n"))
    return [int(line) for line in file.read_text().split()]


def wait_until(true: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 20
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def cancelled(workers: Workers, *jobs: Job, when: Callable[[], bool]) -> list[Result]:
    """Run jobs and interrupt the run once something is true; return the results until then."""
    got: list[Result] = []

    def interrupt() -> None:
        wait_until(when)
        workers.interrupt()

    thread = threading.Thread(target=interrupt)
    thread.start()
    with pytest.raises(Cancelled):
        got.extend(workers.run(jobs))
    thread.join()
    return got


def test_what_is_still_wanted_is_taken_over(tmp_path: Path, workers: Workers) -> None:
    keep, drop = (make_job(tmp_path, f"{name}.py", GATE) for name in ("keep", "drop"))
    both = [tmp_path / "keep.py.pids", tmp_path / "drop.py.pids"]
    cancelled(workers, keep, drop, when=lambda: all(file.exists() for file in both))
    (unwanted,) = pids(tmp_path, "drop.py")
    started: list[str] = []
    other = make_job(tmp_path, "other.py", "open('gate', 'w').close()")
    results = {result.job: result for result in workers.run([keep, other], started.append)}
    assert started == ["keep.py", "other.py"]
    assert {name: result.failure for name, result in results.items()} == {"keep.py": None, "other.py": None}
    assert results["keep.py"].outputs[-1].stdout == "through\n"
    assert len(pids(tmp_path, "keep.py")) == 1
    assert not is_alive(unwanted)


def test_a_comment_does_not_end_a_run(tmp_path: Path, workers: Workers) -> None:
    job = make_job(tmp_path, "a.py", GATE)
    cancelled(workers, job, when=(tmp_path / "a.py.pids").exists)
    (tmp_path / "gate").touch()
    (result,) = workers.run([make_job(tmp_path, "a.py", "# why\n\n" + GATE.replace("\n    ", "\n"))])
    assert result.outputs[-1].stdout == "through\n"
    assert len(pids(tmp_path, "a.py")) == 1


@pytest.mark.parametrize("edited", ["a.py", "mine.py"])
def test_what_is_outdated_runs_again(tmp_path: Path, workers: Workers, edited: str) -> None:
    script = "import mine" + GATE.replace("\n    ", "\n") + "print(mine.x)\n"
    (tmp_path / "mine.py").write_text("x = 1\n")
    job = make_job(tmp_path, "a.py", script)
    cancelled(workers, job, when=(tmp_path / "a.py.pids").exists)
    (old,) = pids(tmp_path, "a.py")
    (tmp_path / "gate").touch()
    if edited == "a.py":
        job = make_job(tmp_path, "a.py", script.replace("mine.x", "mine.x + 10"))
    else:
        (tmp_path / "mine.py").write_text("x = 11\n")
    (result,) = workers.run([job])
    assert result.outputs[-1].stdout == "11\n"
    assert not is_alive(old)


def test_what_ended_in_between_is_collected(tmp_path: Path, workers: Workers) -> None:
    job = make_job(tmp_path, "a.py", GATE)
    cancelled(workers, job, when=(tmp_path / "a.py.pids").exists)
    (pid,) = pids(tmp_path, "a.py")
    (tmp_path / "gate").touch()
    wait_until(lambda: not psutil.pid_exists(pid))
    assert [result.failure for result in workers.run([job])] == [None]
    assert len(pids(tmp_path, "a.py")) == 1


def test_limits_hold_while_nobody_waits(tmp_path: Path, workers: Workers) -> None:
    flood = GATE + "    while True: print('x' * 99)\n"
    job = make_job(tmp_path, "a.py", flood, output_bytes=10_000)
    cancelled(workers, job, when=(tmp_path / "a.py.pids").exists)
    (pid,) = pids(tmp_path, "a.py")
    (tmp_path / "gate").touch()
    wait_until(lambda: not psutil.pid_exists(pid))
    (result,) = workers.run([job])
    assert result.failure is not None
    assert result.failure.kind == "output-limit"


def test_an_interrupt_without_a_run_does_nothing(tmp_path: Path, workers: Workers) -> None:
    workers.interrupt()
    job = make_job(tmp_path, "a.py", "x = 1")
    assert [result.failure for result in workers.run([job])] == [None]
    workers.interrupt()
    assert [result.failure for result in workers.run([job])] == [None]


def test_a_run_that_nobody_closed_ends_when_the_next_begins(tmp_path: Path, workers: Workers) -> None:
    jobs = [make_job(tmp_path, f"{name}.py", "x = 1") for name in "abc"]
    old = workers.run(jobs)
    next(old)
    assert len(list(workers.run(jobs))) == 3
    with pytest.raises(Cancelled):
        next(old)


def test_a_restart_ends_everything_and_starts_anew(tmp_path: Path, workers: Workers) -> None:
    sleep = make_job(tmp_path, "a.py", GATE)
    parent = make_job(tmp_path, "b.py", "import os\nparent = os.getppid()")
    cancelled(workers, sleep, when=(tmp_path / "a.py.pids").exists)
    (pid,) = pids(tmp_path, "a.py")
    (before,) = workers.run([parent])
    workers.restart()
    assert not is_alive(pid)
    (after,) = workers.run([parent])
    assert before.values["parent"] != after.values["parent"]


def test_what_jobs_leave_in_other_sessions_ends_with_the_last_of_them(
    tmp_path: Path, workers: Workers
) -> None:
    text = "import subprocess\npid = subprocess.Popen(['sleep', '60'], start_new_session=True).pid"
    (result,) = workers.run([make_job(tmp_path, "a.py", text)])
    wait_until(lambda: not is_alive(result.values["pid"]))


def test_an_edited_module_is_read_anew(tmp_path: Path, workers: Workers) -> None:
    job = make_job(tmp_path, "a.py", "import mine, sys\nx = mine.x\n\nloaded = 'mine' in sys.modules\n")
    for number in (1, 22, 333):
        (tmp_path / "mine.py").write_text(f"x = {number}\n")
        (result,) = workers.run([job])
        assert result.values["x"] == number
    (tmp_path / "mine.py").write_text("1 / 0  # what is wrong\n")
    (result,) = workers.run([job])
    assert result.failure is not None
    assert result.failure.raised is not None
    assert result.failure.raised.frames[-1].code == "1 / 0  # what is wrong"
