"""Blocks that run on stage, in real processes: each after what precedes it, and none harms the next one."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import psutil
import pytest

from deckwright.execute.stage import Stage
from deckwright.model import FailureKind
from support.stage import StageProject, shown

pytestmark = pytest.mark.integration


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Iterator[StageProject]:
    root = tmp_path_factory.mktemp("project")
    (root / "snippets").mkdir()
    with Stage(root, scratch=root / "build/.scratch", gpus=()) as stage:
        yield StageProject(root, stage)


COUNTS = """
from __future__ import annotations
import os
n = 1
pid = os.getpid()

# %% r
n += 1
print(n, os.getpid() != pid)
n * 10
"""


def test_each_run_begins_where_the_script_stands_before_the_block(project: StageProject) -> None:
    block = project.block(COUNTS)
    assert [project.prints(block) for _ in range(2)] == ["2 True\n20"] * 2
    assert project.prints(block, "n += 5\nprint(n)") == "6"
    assert project.prints(block, "def f(x: Unknown): ...\nf.__annotations__") == "{'x': 'Unknown'}"
    assert project.prints(block) == "2 True\n20"


def test_what_stands_before_runs_once(project: StageProject) -> None:
    source = "with open('runs', 'a') as file:\n    file.write('x')\n\n# %% r\nprint(1)\n"
    block = project.block(source)
    assert [project.prints(block, code) for code in (None, "print(2)", None)] == ["1", "2", "1"]
    assert (project.root / "snippets/runs").read_text() == "x"
    changed = project.block(source.replace("'x'", "'y'"))
    assert project.prints(changed) == "1"
    assert (project.root / "snippets/runs").read_text() == "xy"


def test_a_file_that_was_read_before_the_block_counts(project: StageProject) -> None:
    data = project.root / "snippets/data.txt"
    data.write_text("one")
    block = project.block("text = open('data.txt').read()\n\n# %% r\nprint(text)\n")
    assert project.prints(block) == "one"
    data.write_text("another")
    assert project.prints(block) == "another"


def test_an_error_names_the_line_and_harms_nothing(project: StageProject) -> None:
    block = project.block(COUNTS)
    failure = project.run(block, "x = 1\nx / 0").failure
    assert failure is not None
    assert failure.raised is not None
    assert (failure.raised.type, failure.raised.frames[-1].line) == (
        "ZeroDivisionError",
        block.first_line + 1,
    )
    failure = project.run(block, "if True:\n    print((1\n").failure
    assert failure is not None
    assert failure.raised is not None
    frame = failure.raised.frames[-1]
    assert (failure.raised.type, frame.line, frame.caret) == ("SyntaxError", block.first_line + 1, "      ^")
    assert project.prints(block) == "2 True\n20"


@pytest.mark.parametrize(
    "code", ["import os; os._exit(3)", "import os; os.kill(os.getpid(), 9)", "import sys; sys.exit(2)"]
)
def test_a_block_that_ends_its_process_ends_no_other(project: StageProject, code: str) -> None:
    block = project.block(COUNTS)
    assert project.run(block, code).failure is not None
    assert project.prints(block) == "2 True\n20"


FILES = """
reader = open("lines.txt")
print(reader.readline())
writer = open("written.txt", "w")
writer.write("before ")

# %% r
print(reader.readline())
writer.write("block ")
"""


def test_files_that_were_open_before_are_as_they_were(project: StageProject) -> None:
    (project.root / "snippets/lines.txt").write_text("1\n2\n3\n")
    block = project.block(FILES)
    for _ in range(3):
        assert project.prints(block, 'print(reader.readline())\n_ = writer.write("block ")') == "2"
        assert (project.root / "snippets/written.txt").read_text() == "before block "


def test_what_a_block_writes_without_closing_it_is_written(project: StageProject) -> None:
    block = project.block("n = 1\n\n# %% r\nopened = open('left.txt', 'w')\n_ = opened.write('whole')\n")
    assert project.prints(block) == ""
    assert (project.root / "snippets/left.txt").read_text() == "whole"


FIGURES = """
import matplotlib.pyplot as plt
fig, (left, right) = plt.subplots(1, 2)
other = plt.figure()

# %% r
right.plot([1, 2])
"""


def test_figures_that_a_block_changes_or_opens_are_shown(project: StageProject) -> None:
    block = project.block(FIGURES)
    assert project.prints(block, "_ = right.plot([1, 2])") == "[svg]"
    assert project.prints(block, "x = 1") == ""
    assert project.prints(block, "_ = right.plot([1, 2]); plt.figure()") == "[svg][svg]"
    assert project.prints(block, "fig") == "[svg]"
    assert project.prints(block, "_ = right.plot([1])\nfig") == "[svg]"


LEARNS = """
import torch
w = torch.randn(300, 300, requires_grad=True)
(w @ w).sum().backward()

# %% r
loss = (w @ w).pow(2).sum()
loss.backward()
print(round(float(w.grad.norm()), 3))
"""


def test_torch_computes_in_each_run(project: StageProject) -> None:
    pytest.importorskip("torch")
    block = project.block(LEARNS)
    first = project.prints(block)
    assert float(first) > 0
    assert project.prints(block) == first
    assert project.prints(block, "m = torch.nn.Linear(300, 300)\nm(w).sum().backward()\nprint('ok')") == "ok"


THREADS = """
import threading, time
event = threading.Event()
threading.Thread(target=event.wait).start()
with open("starts", "a") as file:
    file.write("x")

# %% r
event.set()
print("set")
"""


def test_what_cannot_be_copied_runs_from_the_start_each_time(project: StageProject) -> None:
    (project.root / "snippets/starts").unlink(missing_ok=True)
    block = project.block(THREADS)
    for count in (2, 3):  # the first time, it is found out
        run = project.begin(block)
        project.until(lambda: run.has_ended)  # noqa: B023
        result = run.result()
        assert (run.from_start, result.failure) == ("it has started threads", None)
        assert shown(result.outputs) == "set"
        assert (project.root / "snippets/starts").read_text() == "x" * count


def test_a_script_that_does_not_come_to_the_block(project: StageProject) -> None:
    failure = project.run(project.block("1 / 0\n\n# %% r\nprint(1)\n")).failure
    assert failure is not None
    assert failure.message == "ZeroDivisionError: division by zero"
    run = project.begin(project.block("import sys\nsys.exit()\n\n# %% r\nprint(1)\n"))
    project.until(lambda: run.has_ended)
    assert (run.before is not None, run.result().failure) == (True, None)


def test_a_loop_is_stopped(project: StageProject) -> None:
    block = project.block(COUNTS)
    run = project.begin(block, "print('begun', flush=True)\nwhile True: pass")
    project.until(lambda: shown(run.outputs()) == "begun")
    run.stop()
    project.until(lambda: run.has_ended)
    assert shown(run.result().outputs) == "begun"
    assert project.prints(block) == "2 True\n20"


def test_a_loop_that_ignores_interrupts_is_stopped(project: StageProject) -> None:
    ignores = "import signal\nfor n in (2, 15): signal.signal(n, signal.SIG_IGN)\n"
    code = f"{ignores}print('begun', flush=True)\nwhile True: pass"
    run = project.begin(project.block(COUNTS), code)
    project.until(lambda: shown(run.outputs()) == "begun")
    run.stop()
    project.until(lambda: run.has_ended)


def test_limits_hold(project: StageProject) -> None:
    def broken(code: str, **options: object) -> FailureKind:
        failure = project.run(project.block(COUNTS, **options), code).failure
        assert failure is not None
        return failure.kind

    assert broken("while True: pass", timeout_seconds=0.5) is FailureKind.TIMEOUT
    assert broken("while True: print('x' * 1000)", output_bytes=100_000) is FailureKind.OUTPUT
    assert (
        broken("b = []\nwhile True: b.append(bytearray(10**7))", memory_bytes=3 * 10**8) is FailureKind.MEMORY
    )


def test_a_time_limit_counts_no_time_before_the_block(project: StageProject) -> None:
    block = project.block(COUNTS, timeout_seconds=2)
    assert project.prints(block) == "2 True\n20"
    ticks = iter(range(250))
    project.until(lambda: next(ticks, None) is None)  # it stands still for longer than that
    assert project.prints(block) == "2 True\n20"


def test_what_is_typed_is_read(project: StageProject) -> None:
    code = "name = input('name? ')\nprint('Hello', name)\nimport sys\nprint(sys.stdin.readline().upper())"
    run = project.begin(project.block(COUNTS), code)
    for typed in ("Ada Lovelace é", "second"):
        project.until(lambda: run.asks)
        run.answer(typed)
    project.until(lambda: run.has_ended)
    assert shown(run.result().outputs) == "name? Ada Lovelace é\nHello Ada Lovelace é\nsecond\nSECOND"


def test_what_a_block_starts_ends_with_it(project: StageProject) -> None:
    code = "import subprocess\np = subprocess.Popen(['sleep', '1000'], start_new_session=True)\nprint(p.pid)"
    pid = int(project.prints(project.block(COUNTS), code))
    project.until(lambda: not psutil.pid_exists(pid))


def test_blocks_of_a_deck(project: StageProject) -> None:
    last = "#| raises: ValueError\nn += 1\nprint(n)\nn"
    deck = f"# A\n\n```python exec\nn = 1\n```\n\n```python exec\n{last}\n```\n"
    block = project.found(deck, "slides/a.md#8", {})
    (project.root / "slides").mkdir(exist_ok=True)
    assert block.code == "n += 1\nprint(n)\nn"
    assert project.prints(block, block.code) == "2\n2"


def test_a_block_in_the_main_guard(project: StageProject) -> None:
    block = project.block(
        "if __name__ == '__main__':\n    n = 1\n    # region r\n    n += 1\n    print(n)\n    # endregion\n"
    )
    assert project.prints(block) == "2"
    assert project.prints(block, "n += 2\nprint(n)") == "3"


def test_nothing_is_left(tmp_path: Path) -> None:
    (tmp_path / "snippets").mkdir()
    others = {*processes_of_stage()}
    with Stage(tmp_path, scratch=tmp_path / "scratch", gpus=()) as stage:
        project = StageProject(tmp_path, stage)
        for number in range(5):
            project.prints(project.block(f"n = {number}\n\n# %% r\nprint(n)\n" + "\n" * number))
            project.prints(project.block("n = 1\n" * (number + 2) + "\n# %% r\nprint(n)\n"))
        project.begin(project.block(COUNTS), "while True: pass")
        project.until(lambda: stage.is_busy)
        kept = {*processes_of_stage()} - others
        assert 3 <= len(kept) <= 10  # a server, its branches, three that are kept, and their keepers
    assert not kept & {*processes_of_stage()}
    assert os.listdir(tmp_path / "scratch") == []


def processes_of_stage() -> list[int]:
    """Return the processes below this one that run our code and have not ended."""
    found: list[int] = []
    for process in psutil.Process().children(recursive=True):
        with suppress(psutil.Error):
            found += [process.pid] if "fork_server" in " ".join(process.cmdline()) else []
    return found
