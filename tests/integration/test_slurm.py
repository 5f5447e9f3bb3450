"""Builds whose workers are jobs of a real Slurm. It is skipped where Slurm is not installed."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from integration import slurm
from integration.shell import COMMAND, Ran, deckwright, report_of, write
from integration.slurm import Slurm
from support.processes import until

pytestmark = [
    pytest.mark.integration,
    pytest.mark.skipif(bool(slurm.missing()), reason=slurm.missing()),
    pytest.mark.xdist_group("slurm"),
]

COURSE = {
    "slides/a.md": """
        # A

        ```text output=../snippets/total.py
        6
        ```

        ```text output=../snippets/fails.py
        ```

        ![w:400 a line](../figures/plot.svg)
        """,
    "snippets/total.py": """
        from pathlib import Path

        print(sum(map(int, Path(__file__).with_name("data.txt").read_text().split())))
        """,
    "snippets/data.txt": "1 2 3\n",
    "snippets/fails.py": "print(1 // 0)\n",
    "figures/plots.py": """
        import matplotlib.pyplot as plt

        # %%
        #| label: plot
        plt.plot([1, 2, 3])
        """,
}
SLOW = {
    "slides/a.md": "```text output=../snippets/slow.py\n```\n",
    "snippets/slow.py": """
        import os, time

        print(os.getpid(), file=open("running", "w"), flush=True)
        time.sleep(120)
        """,
}
CANCELS_FIRST = """
    import os, subprocess, time

    try:
        open("cancelled", "x").close()
    except FileExistsError:
        print("runs on another worker")
    else:
        subprocess.run(["scancel", os.environ["SLURM_JOB_ID"]], check=True)
        time.sleep(120)
    """
SETTINGS = """
[tool.deckwright.cluster]
address = "slurm"
workers = {workers}

[tool.deckwright.cluster.keywords]
cores = 1
memory = "1 GB"
walltime = "00:10:00"
"""


@pytest.fixture(scope="module")
def queue() -> Iterator[Slurm]:
    with Slurm(cpus=2) as started:
        yield started


def course_on_slurm(folder: Path, files: dict[str, str], workers: int = 2, **replaced: str) -> Path:
    """Write a course whose scripts run on Slurm; `replaced` are other values of the keywords."""
    settings = SETTINGS.format(workers=workers)
    lines = [line for line in settings.splitlines() if line.partition(" ")[0] not in replaced]
    lines += [f'{name} = "{value}"' for name, value in replaced.items()]
    return write(folder, {"pyproject.toml": "\n".join(lines), **files})


def build(folder: Path, queue: Slurm, *more: str) -> Ran:
    return deckwright(folder, "build", "--to", "notes", *more, **queue.environ)


def begin(folder: Path, queue: Slurm) -> tuple[subprocess.Popen[str], psutil.Process]:
    """Begin to build a course whose script does not end; return the command and the script."""
    command = subprocess.Popen(
        [*COMMAND, "build", "--to", "notes"],
        cwd=folder,
        env={**os.environ, **queue.environ},
        stderr=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        text=True,
    )
    said = folder / "snippets/running"
    until(lambda: said.exists() and said.read_text().strip(), "slow.py runs")
    return command, psutil.Process(int(said.read_text()))


def test_slurm_gives_the_same_bytes_as_one_machine(tmp_path: Path, queue: Slurm) -> None:
    alone, there = write(tmp_path / "alone", COURSE), course_on_slurm(tmp_path / "there", COURSE)
    here, ran = deckwright(alone, "build", "--to", "notes"), build(there, queue)
    assert here.code == ran.code == 1
    assert "fails.py" in ran.err
    assert "ZeroDivisionError" in ran.err
    for name in ("build/slides/a.md", "build/notes/a.md"):
        assert (there / name).read_bytes() == (alone / name).read_bytes(), name
    assert sorted(path.name for path in there.iterdir()) == [
        "build",
        "figures",
        "pyproject.toml",
        "slides",
        "snippets",
    ]
    until(lambda: not queue.jobs(), "the jobs end with their build")


def test_an_interrupted_build_cancels_its_jobs(tmp_path: Path, queue: Slurm) -> None:
    command, script = begin(course_on_slurm(tmp_path, SLOW), queue)
    command.send_signal(signal.SIGINT)
    _, err = command.communicate(timeout=60)
    assert command.returncode == 130, err
    until(lambda: not script.is_running() and not queue.jobs(), "script and jobs end with their build")


def test_jobs_of_a_killed_build_end_by_themselves(tmp_path: Path, queue: Slurm) -> None:
    command, script = begin(course_on_slurm(tmp_path, SLOW), queue)
    command.kill()
    command.communicate()
    until(lambda: not script.is_running() and not queue.jobs(), "script and jobs end with their build")


def test_a_worker_whose_job_ends_is_replaced(tmp_path: Path, queue: Slurm) -> None:
    names = ("one", "other")
    course = course_on_slurm(tmp_path, {f"snippets/{name}.py": CANCELS_FIRST for name in names}, workers=1)
    write(course, {f"slides/{name}.md": f"```text output=../snippets/{name}.py\n```\n" for name in names})
    ran = build(course, queue)
    assert ran.code == 1
    assert ran.err.count("was lost with the machine") == 1
    assert sorted(each["status"] for each in report_of(course)["jobs"]) == ["failed", "ok"]


@pytest.mark.parametrize(
    ("keyword", "value", "words"),
    [
        ("queue", "no-such", "slurm does not take the job of a worker: sbatch: error: invalid partition"),
        ("python", "no-such-python", "all jobs of slurm ended before a worker came"),
    ],
)
def test_jobs_that_cannot_run_are_errors(
    tmp_path: Path, queue: Slurm, keyword: str, value: str, words: str
) -> None:
    ran = build(course_on_slurm(tmp_path, COURSE, **{keyword: value}), queue)
    assert ran.code == 1
    assert f"error [cluster] {words}" in ran.err
    assert value in ran.err
    until(lambda: not queue.jobs(), "the jobs end with their build")
