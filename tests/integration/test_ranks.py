"""Scripts that run as several processes: what each rank gives, and how one ends all."""

from __future__ import annotations

import textwrap
from pathlib import Path

import pytest

from deckwright.execute.standalone import run_alone
from deckwright.execute.workers import Workers
from deckwright.model import FailureKind, Job, RanksAt, Result, StandaloneRun
from integration.shell import deckwright, write
from integration.test_execute import make_job, run_all, run_one, there
from integration.test_interrupt import Terminal
from integration.test_workers import cancelled

pytestmark = [pytest.mark.integration, pytest.mark.usefixtures("no_process_is_left")]

MEAN = """
    import torch
    import torch.distributed as dist

    dist.init_process_group("gloo")
    rank, gradient = dist.get_rank(), torch.tensor([1.0, dist.get_rank()])
    print("rank", rank, "before", gradient.tolist())
    dist.all_reduce(gradient)
    gradient /= dist.get_world_size()
    print("mean", gradient.tolist())
    dist.destroy_process_group()
"""
MEETS = """
    import os, signal, time, torch
    import torch.distributed as dist

    dist.init_process_group("gloo")
    if dist.get_rank() == WHICH:
        ACTION
    dist.all_reduce(torch.ones(1))
"""
STARTED = ("RANK", "LOCAL_", "GROUP_", "ROLE_", "WORLD_", "MASTER_", "TORCHELASTIC", "TORCH_")
NAMES = f"import os\nprint(sorted(name for name in os.environ if name.startswith({STARTED})))\n"
OPTIONS = "# /// script\n# [tool.deckwright]\n# nproc = 2\n# timeout = 60\n# ///\n"


def stdout(result: Result, rank: int) -> str:
    return "".join(output.printed("stdout") for output in result.outputs_of(rank))


def line_of(at: RanksAt) -> int:
    return at.raised.frames[-1].line if at.raised else 0


def alone(root: Path, script: str) -> StandaloneRun:
    job = make_job(root, "x.py", OPTIONS + textwrap.dedent(script))
    ((_, ran),) = run_alone(root, [job], 2, [].append, root / "scratch")
    return ran


@pytest.mark.parametrize("isolate", ["fork", "fresh"])
def test_ranks_average_a_gradient(tmp_path: Path, isolate: str) -> None:
    result = run_one(tmp_path, MEAN, nproc=2, isolate=isolate)
    assert result.failure is None
    assert stdout(result, 0) == "rank 0 before [1.0, 0.0]\nmean [1.0, 0.5]\n"
    assert stdout(result, 1) == "rank 1 before [1.0, 1.0]\nmean [1.0, 0.5]\n"
    assert result.outputs_of(2) == ()
    assert result.values["rank"] == 0


def test_ranks_run_alone_as_under_torchrun(tmp_path: Path) -> None:
    ran = alone(tmp_path, MEAN)
    assert (ran.status, ran.stdout_of(0)) == (0, "rank 0 before [1.0, 0.0]\nmean [1.0, 0.5]\n")
    assert ran.stdout_of(1) == "rank 1 before [1.0, 1.0]\nmean [1.0, 0.5]\n"
    assert ran.stdout_of(2) == ""


def test_a_rank_has_the_variables_that_torchrun_sets(tmp_path: Path) -> None:
    ran, result = alone(tmp_path, NAMES), run_one(tmp_path, NAMES, nproc=2)
    assert "'LOCAL_RANK'" in ran.stdout
    assert stdout(result, 0) == stdout(result, 1) == ran.stdout


def test_the_error_of_a_rank_is_what_it_prints_alone(tmp_path: Path) -> None:
    ran = alone(tmp_path, MEETS.replace("WHICH", "1").replace("ACTION", "raise ValueError('no')"))
    assert ran.status != 0
    assert "ValueError: no\n" in ran.stderr


@pytest.mark.usefixtures("recorder")
def test_what_each_rank_reads_is_an_input(tmp_path: Path) -> None:
    for rank in range(3):
        (tmp_path / f"{rank}.txt").write_text("x")
    script = 'import os\nopen(f"../{os.environ["RANK"]}.txt").read()\n'
    result = run_one(tmp_path, script.replace('["RANK"]', "['RANK']"), nproc=2)
    assert result.failure is None
    assert there(result).keys() == {"0.txt", "1.txt", "$RANK"}


@pytest.mark.usefixtures("recorder")
def test_what_one_rank_writes_and_another_reads_is_no_input(tmp_path: Path) -> None:
    script = """
        import os, time
        if os.environ["RANK"] == "0":
            open("new", "w").write("done")
            os.rename("new", "made")
        else:
            while "made" not in os.listdir("/proc/self/cwd/."):
                time.sleep(0.01)
            print(open("made").read())
    """
    result = run_one(tmp_path, script, nproc=2)
    assert stdout(result, 1) == "done\n"
    assert "snippets/made" not in there(result)


@pytest.mark.parametrize("rank", [0, 1])
@pytest.mark.parametrize(
    ("action", "kind", "message"),
    [
        ("raise ValueError('no')", FailureKind.RAISED, "ValueError: no"),
        ("raise SystemExit(3)", FailureKind.RAISED, "SystemExit: 3"),
        ("os._exit(0)", FailureKind.EXITED, "ended without finishing (exit code 0)"),
        ("os._exit(4)", FailureKind.EXITED, "ended without finishing (exit code 4)"),
        (
            "os.kill(os.getpid(), signal.SIGSEGV)",
            FailureKind.KILLED,
            "was killed by SIGSEGV (Segmentation fault)",
        ),
    ],
)
def test_a_rank_that_dies_ends_all_and_is_named(
    tmp_path: Path, rank: int, action: str, kind: FailureKind, message: str
) -> None:
    result = run_one(tmp_path, MEETS.replace("WHICH", str(rank)).replace("ACTION", action), nproc=2)
    assert result.failure is not None
    assert (result.failure.kind, result.failure.message, result.failure.rank) == (kind, message, rank)
    if kind is FailureKind.RAISED:
        assert result.failure.raised is not None
        assert [frame.line for frame in result.failure.raised.frames] == [6]


def test_a_rank_may_not_signal_what_runs_it(tmp_path: Path) -> None:
    result = run_one(tmp_path, "import os, signal\nos.kill(os.getppid(), signal.SIGKILL)\n", nproc=2)
    assert result.failure is not None
    assert (result.failure.kind, result.failure.message) == (
        FailureKind.RAISED,
        "PermissionError: [Errno 1] Operation not permitted",
    )


def test_a_rank_that_hangs_ends_with_all_others(tmp_path: Path) -> None:
    hangs = MEETS.replace("WHICH", "1").replace("ACTION", "time.sleep(600)")
    result = run_one(tmp_path, hangs, nproc=2, timeout_seconds=2)
    assert result.failure is not None
    assert result.failure.kind is FailureKind.TIMEOUT
    assert {rank: line for at in result.failure.ranks for rank in at.ranks if (line := line_of(at))} == {
        0: 7,  # in C code, which no KeyboardInterrupt ends
        1: 6,
    }


@pytest.mark.parametrize(
    ("script", "options", "kind"),
    [
        ("print('x' * 600, flush=True)\n", {"output_bytes": 1000}, FailureKind.OUTPUT),
        (
            "import time\nx = bytearray(b'x') * 200_000_000\ntime.sleep(60)\n",
            {"memory_bytes": 300_000_000},
            FailureKind.MEMORY,
        ),
        (
            "import subprocess, time\nfor _ in range(3): subprocess.Popen(['sleep', '60'])\ntime.sleep(60)\n",
            {"processes": 7},
            FailureKind.PROCESSES,
        ),
    ],
)
def test_limits_hold_for_all_ranks_together(
    tmp_path: Path, script: str, options: dict[str, int], kind: FailureKind
) -> None:
    """Each alone keeps within them."""
    result = run_one(tmp_path, script, nproc=2, timeout_seconds=30, **options)
    assert result.failure is not None
    assert result.failure.kind is kind


def test_more_ranks_than_slots(tmp_path: Path) -> None:
    jobs = [
        make_job(tmp_path, f"{name}.py", "import os\nprint(os.environ['RANK'])\n", nproc=3) for name in "ab"
    ]
    results = run_all(tmp_path, *jobs, at_a_time=2)
    assert [stdout(result, 2) for result in results.values()] == ["2\n"] * 2


def test_no_rank_is_left_when_a_run_is_given_up(tmp_path: Path) -> None:
    job: Job = make_job(
        tmp_path, "a.py", "import time\nopen('began', 'w').close()\ntime.sleep(600)\n", nproc=3
    )
    with Workers(tmp_path, jobs=2, scratch=tmp_path / "build/scratch") as workers:
        cancelled(workers, job, when=(tmp_path / "began").exists)


DECK = """
    # A

    ```text output=../snippets/a.py
    ```

    ```text output=../snippets/a.py rank=1
    ```
"""


def test_ctrl_c_leaves_no_rank(tmp_path: Path) -> None:
    slow = OPTIONS + "import os, time\nopen(os.environ['RANK'], 'w').close()\ntime.sleep(600)\n"
    folder = write(tmp_path, {"slides/deck.md": DECK, "snippets/a.py": slow})
    with Terminal(folder, "build", "--to", "html") as ran:
        ran.read_until(lambda: all((folder / f"snippets/{rank}").exists() for rank in range(2)))
        ran.press_ctrl_c()
        ran.read_to_the_end()
        assert ran.process.wait() == 130
        assert ran.left() == []


def test_a_slide_shows_the_rank_that_it_names(tmp_path: Path) -> None:
    script = OPTIONS + "import os\nprint('I am', os.environ['RANK'])\n"
    folder = write(tmp_path, {"slides/deck.md": DECK, "snippets/a.py": script})
    assert deckwright(folder, "build", "--to", "html").code == 0
    seen = (folder / "build/slides/deck.md").read_text()
    assert "```text\nI am 0\n```\n\n```text\nI am 1\n```" in seen
    assert deckwright(folder, "sync", "--yes").code == 0
    assert "rank=1\nI am 1\n" in (folder / "slides/deck.md").read_text()
    assert "as 2 processes" in deckwright(folder, "plan", "--explain").out
    assert deckwright(folder, "check", "--standalone").code == 0


def test_an_output_of_a_rank_that_is_another_under_torchrun(tmp_path: Path) -> None:
    script = OPTIONS + "import os\nprint(os.environ['RANK'] == '1' and 'DECKWRIGHT_ROOT' in os.environ)\n"
    folder = write(tmp_path, {"slides/deck.md": DECK, "snippets/a.py": script})
    assert deckwright(folder, "sync", "--yes").code == 0
    proof = deckwright(folder, "check", "--standalone")
    assert proof.err.count("[not-alone]") == 1
    line = (folder / "slides/deck.md").read_text().splitlines().index(
        "```text output=../snippets/a.py rank=1"
    ) + 1
    assert f"slides/deck.md:{line}:" in proof.err
    assert "try it: torchrun --standalone --nproc-per-node 2 snippets/a.py" in proof.err


def test_a_rank_that_there_is_not(tmp_path: Path) -> None:
    deck = DECK.replace("rank=1", "rank=2")
    folder = write(tmp_path, {"slides/deck.md": deck, "snippets/a.py": OPTIONS + "print(1)\n"})
    ran = deckwright(folder, "build", "--to", "html")
    assert ran.code == 1
    assert "[bad-attribute] there is no rank 2: snippets/a.py has ranks 0 to 1\n" in ran.err
