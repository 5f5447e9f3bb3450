"""Workers over several runs: jobs that are cancelled or taken over, leases, threads, and no leftovers."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import psutil
import pytest

from deckwright.errors import Cancelled
from deckwright.execute.workers import Workers
from deckwright.machine.devices import cores
from deckwright.model import Job, Result
from integration.test_execute import make_job
from support.processes import is_alive

pytestmark = pytest.mark.integration

GATE = """
    import os, time
    def is_open():
        try: return bool(os.statvfs("gate"))
        except FileNotFoundError: return False
    with open(f"{__file__}.pids", "a") as file: print(os.getpid(), file=file)
    while not is_open():
        time.sleep(0.01)
    print("through", flush=True)
"""
"""A script that ends when the file `gate` exists, and writes which processes ran it.

It probes for the file in a way that is not logged: otherwise the file would be an input that changes.
"""


@pytest.fixture
def workers(tmp_path: Path) -> Iterator[Workers]:
    before = set(psutil.Process().children(recursive=True))
    with Workers(tmp_path, jobs=2, scratch=tmp_path / "build/scratch") as each:
        yield each
    assert set(psutil.Process().children(recursive=True)) <= before
    assert list((tmp_path / "build/scratch").iterdir()) == []


def pids(root: Path, name: str) -> list[int]:
    """Wait for the first process that runs a script; return all that have run it."""
    file = root / f"{name}.pids"
    wait_until(lambda: file.exists() and file.read_text().endswith("\n"))
    return [int(line) for line in file.read_text().split()]


def wait_until(true: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 20
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def cancelled(workers: Workers, *jobs: Job, when: Callable[[], bool]) -> list[Result]:
    """Run jobs and interrupt the run when a condition is true; return the results until then."""
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


def test_a_job_that_is_still_wanted_is_taken_over(tmp_path: Path, workers: Workers) -> None:
    keep, drop = (make_job(tmp_path, f"{name}.py", GATE) for name in ("keep", "drop"))
    both = [tmp_path / "keep.py.pids", tmp_path / "drop.py.pids"]
    cancelled(workers, keep, drop, when=lambda: all(file.exists() for file in both))
    (unwanted,) = pids(tmp_path, "drop.py")
    started: dict[str, float] = {}
    other = make_job(tmp_path, "other.py", "open('gate', 'w').close()")
    results = {result.job: result for result in workers.run([keep, other], started.__setitem__)}
    assert list(started) == ["keep.py", "other.py"]
    assert started["keep.py"] > 0 == started["other.py"]  # for how long each has been running
    assert {name: result.failure for name, result in results.items()} == {"keep.py": None, "other.py": None}
    assert results["keep.py"].outputs[-1].printed("stdout") == "through\n"
    assert len(pids(tmp_path, "keep.py")) == 1
    assert not is_alive(unwanted)


def test_a_comment_does_not_end_a_run(tmp_path: Path, workers: Workers) -> None:
    job = make_job(tmp_path, "a.py", GATE)
    cancelled(workers, job, when=(tmp_path / "a.py.pids").exists)
    (tmp_path / "gate").touch()
    (result,) = workers.run([make_job(tmp_path, "a.py", "# why\n\n" + GATE.replace("\n    ", "\n"))])
    assert result.outputs[-1].printed("stdout") == "through\n"
    assert len(pids(tmp_path, "a.py")) == 1


def test_a_comment_runs_again_what_looks_at_its_lines(tmp_path: Path, workers: Workers) -> None:
    script = GATE.replace("\n    ", "\n") + "import sys\nprint(sys._getframe().f_lineno)\n"
    cancelled(workers, make_job(tmp_path, "a.py", script), when=(tmp_path / "a.py.pids").exists)
    (tmp_path / "gate").touch()
    moved = "# why\n" + script
    (result,) = workers.run([make_job(tmp_path, "a.py", moved)])
    assert result.outputs[-1].printed("stdout") == f"{moved.count(chr(10))}\n"
    assert len(pids(tmp_path, "a.py")) == 2


@pytest.mark.parametrize("edited", ["a.py", "mine.py"])
def test_a_job_with_changed_inputs_runs_again(tmp_path: Path, workers: Workers, edited: str) -> None:
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
    assert result.outputs[-1].printed("stdout") == "11\n"
    assert not is_alive(old)


def test_a_job_that_ended_between_runs_is_collected(tmp_path: Path, workers: Workers) -> None:
    job = make_job(tmp_path, "a.py", GATE)
    cancelled(workers, job, when=(tmp_path / "a.py.pids").exists)
    (pid,) = pids(tmp_path, "a.py")
    (tmp_path / "gate").touch()
    wait_until(lambda: not is_alive(pid))
    assert [result.failure for result in workers.run([job])] == [None]
    assert len(pids(tmp_path, "a.py")) == 1


def test_limits_hold_between_runs(tmp_path: Path, workers: Workers) -> None:
    flood = GATE + "    while True: print('x' * 99)\n"
    job = make_job(tmp_path, "a.py", flood, output_bytes=10_000)
    cancelled(workers, job, when=(tmp_path / "a.py.pids").exists)
    (pid,) = pids(tmp_path, "a.py")
    (tmp_path / "gate").touch()
    wait_until(lambda: not is_alive(pid))
    (result,) = workers.run([job])
    assert result.failure is not None
    assert result.failure.kind == "output-limit"


def test_leftovers_are_ended(tmp_path: Path, workers: Workers) -> None:
    workers.end_leftovers()
    cancelled(workers, make_job(tmp_path, "a.py", GATE), when=(tmp_path / "a.py.pids").exists)
    (pid,) = pids(tmp_path, "a.py")
    assert is_alive(pid)
    workers.end_leftovers()
    wait_until(lambda: not is_alive(pid))


def test_an_interrupt_without_a_run_does_nothing(tmp_path: Path, workers: Workers) -> None:
    workers.interrupt()
    job = make_job(tmp_path, "a.py", "x = 1")
    assert [result.failure for result in workers.run([job])] == [None]
    workers.interrupt()
    assert [result.failure for result in workers.run([job])] == [None]


def test_a_run_that_was_not_closed_ends_when_the_next_begins(tmp_path: Path, workers: Workers) -> None:
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


def test_modules_may_be_imported_before_the_run(tmp_path: Path, workers: Workers) -> None:
    look = "import sys\nprint('sklearn' in sys.modules)\n"
    alone = make_job(tmp_path, "alone.py", look)
    user = make_job(tmp_path, "user.py", f"{look}import sklearn\n")
    workers.warm([user])
    seen = {result.job: result.outputs[1].printed("stdout") for result in workers.run([alone, user])}
    assert seen == {"alone.py": "False\n", "user.py": "True\n"}


def test_processes_in_other_sessions_end_after_the_last_job(tmp_path: Path, workers: Workers) -> None:
    text = "import subprocess\npid = subprocess.Popen(['sleep', '60'], start_new_session=True).pid"
    (result,) = workers.run([make_job(tmp_path, "a.py", text)])
    wait_until(lambda: not is_alive(result.values["pid"]))


def test_an_edited_module_is_imported_again(tmp_path: Path, workers: Workers) -> None:
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


def test_a_module_of_the_project_is_not_imported_ahead(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, workers: Workers
) -> None:
    """Although it has the name of a known package, and is on the path."""
    monkeypatch.setenv("PYTHONPATH", str(tmp_path / "lib"))
    (tmp_path / "lib").mkdir()
    job = make_job(tmp_path, "a.py", "import einops\nx = einops.x")
    for number in (1, 22):
        (tmp_path / "lib/einops.py").write_text(f"x = {number}\n")
        (result,) = workers.run([job])
        assert result.values["x"] == number


# --- leases -----------------------------------------------------------------------------------

ON_GPU = """
    import os, time
    gpu = os.environ["CUDA_VISIBLE_DEVICES"]
    open(f"on-{gpu}", "x").close()  # fails where another job is on it
    open(f"been-on-{gpu}", "w").close()
    while not all(os.path.exists(name) for name in WAIT):
        time.sleep(0.01)
    os.remove(f"on-{gpu}")
"""


def gpu_workers(root: Path, slots: int) -> Workers:
    return Workers(root, jobs=slots, gpus=("0", "1"), scratch=root / "build/scratch")


def gpu_job(root: Path, name: str, *wait: str, device: str = "cuda") -> Job:
    return replace(make_job(root, name, ON_GPU.replace("WAIT", str(wait))), device=device)


def test_a_gpu_has_one_job_at_a_time_and_all_are_used(tmp_path: Path) -> None:
    jobs = [gpu_job(tmp_path, f"{name}.py", "been-on-0", "been-on-1") for name in "abcdef"]
    with gpu_workers(tmp_path, slots=4) as workers:
        results = list(workers.run(jobs))
    assert [result.failure for result in results] == [None] * 6
    assert {result.values["gpu"] for result in results} == {"0", "1"}


def test_a_quick_job_does_not_wait_for_long_ones_that_have_all_slots(tmp_path: Path) -> None:
    """Whether they start in the same run, or go on from an earlier one."""
    long = make_job(tmp_path, "long.py", GATE)
    quick = replace(make_job(tmp_path, "quick.py", "print(1)\n"), is_quick=True)
    other = make_job(tmp_path, "other.py", "print(2)\n")
    with Workers(tmp_path, jobs=1, spare=1, scratch=tmp_path / "build/scratch") as workers:
        run = workers.run([long, quick, other])
        assert next(run).job == "quick.py"
        run.close()
        again = workers.run([quick, long])
        assert next(again).job == "quick.py"
        (tmp_path / "gate").touch()
        assert [result.job for result in again] == ["long.py"]


def test_a_job_for_one_gpu(tmp_path: Path) -> None:
    jobs = [gpu_job(tmp_path, f"{name}.py", device="cuda:1") for name in "abc"]
    with gpu_workers(tmp_path, slots=4) as workers:
        results = list(workers.run(jobs))
    assert [(result.failure, result.values["gpu"]) for result in results] == [(None, "1")] * 3


def test_later_jobs_start_while_one_waits_for_a_gpu(tmp_path: Path) -> None:
    hides = "import os\nhidden = os.environ['CUDA_VISIBLE_DEVICES'] == ''\nopen('passed', 'w').close()"
    jobs = [
        *(gpu_job(tmp_path, f"{name}.py", "passed") for name in "abc"),
        *(gpu_job(tmp_path, f"{name}.py") for name in "de"),
        make_job(tmp_path, "cpu.py", hides),
    ]
    started: list[str] = []
    with gpu_workers(tmp_path, slots=3) as workers:
        results = {result.job: result for result in workers.run(jobs, lambda job, _: started.append(job))}
    assert [result.failure for result in results.values()] == [None] * 6
    assert results["cpu.py"].values["hidden"] is True
    assert started == ["a.py", "b.py", "cpu.py", "c.py", "d.py", "e.py"]


def test_a_gpu_is_free_again_only_when_the_job_on_it_has_ended(tmp_path: Path) -> None:
    old = replace(make_job(tmp_path, "old.py", GATE), device="cuda:0")
    with gpu_workers(tmp_path, slots=2) as workers:
        cancelled(workers, old, when=(tmp_path / "old.py.pids").exists)
        (pid,) = pids(tmp_path, "old.py")
        text = f"import os\ngone = not os.path.exists('/proc/{pid}')"
        new = replace(make_job(tmp_path, "new.py", text), device="cuda:0")
        (result,) = workers.run([new])
    assert result.values["gone"] is True


# --- threads ----------------------------------------------------------------------------------

THREADS = """
    import multiprocessing, os
    import numpy, threadpoolctl, torch
    def look(_=None):
        return torch.get_num_threads()
    class Data(torch.utils.data.Dataset):
        def __len__(self): return 2
        def __getitem__(self, index): return torch.get_num_threads()
    if __name__ == "__main__":
        torch.ones(300, 300) @ torch.ones(300, 300)
        mine = [look(), torch.get_num_interop_threads()]
        mine += [pool["num_threads"] for pool in threadpoolctl.threadpool_info()]
        loaded = [int(each) for each in torch.utils.data.DataLoader(Data(), num_workers=2)]
        with multiprocessing.get_context(METHOD).Pool(1) as pool:
            pooled = pool.map(look, [0])
"""


@pytest.mark.parametrize(("slots", "isolate"), [(1, "fork"), (1, "fresh"), (2, "fork")])
def test_jobs_share_the_cores(tmp_path: Path, slots: int, isolate: str) -> None:
    method = "fork" if isolate == "fork" else "spawn"
    job = make_job(tmp_path, "a.py", THREADS.replace("METHOD", repr(method)), isolate=isolate)
    with Workers(tmp_path, jobs=slots, scratch=tmp_path / "build/scratch") as workers:
        (result,) = workers.run([job])
    assert result.failure is None
    assert set(result.values["mine"]) == {max(1, cores() // slots)}
    assert result.values["loaded"] == [1, 1]
    assert result.values["pooled"] == [1]
