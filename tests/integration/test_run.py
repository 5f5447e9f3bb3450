"""`deckwright run FILE`, as in a shell."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from integration.shell import COMMAND, deckwright, write

pytestmark = pytest.mark.integration


def test_lines_are_shown_while_the_script_runs(tmp_path: Path) -> None:
    text = (
        "import os, time\nprint('first')\nwhile not os.path.exists('gate'): time.sleep(0.01)\nprint('last')\n"
    )
    folder = write(tmp_path, {"a.py": text})
    with subprocess.Popen([*COMMAND, "run", "a.py"], cwd=folder, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"first\n"
        (folder / "gate").touch()
        assert process.stdout.read() == b"last\n"
    assert process.returncode == 0


def test_a_pipe_gets_the_same_bytes(tmp_path: Path) -> None:
    text = r"import os; os.write(1, b'\xff\r\n'); print('x' * 20_000); print('no end of line', end='')"
    (tmp_path / "a.py").write_text(text)
    ours, alone = (
        subprocess.run([*command, "a.py"], cwd=tmp_path, stdout=subprocess.PIPE, check=True).stdout
        for command in ([*COMMAND, "run"], [sys.executable])
    )
    assert ours == alone


def test_what_cells_display_is_shown_but_is_no_output(tmp_path: Path) -> None:
    text = """
        import sys
        # %%
        print("one")
        print("to stderr", file=sys.stderr)
        [1, 2]
        # %%
        None
        # %%
        {"a": 1}
        """
    ran = deckwright(write(tmp_path, {"a.py": text}), "run", "a.py")
    assert (ran.code, ran.out) == (0, "one\n")
    assert ran.err.splitlines()[:-1] == ["to stderr", "[1, 2]", "{'a': 1}"]


def test_a_reader_that_closes_the_pipe(tmp_path: Path) -> None:
    folder = write(tmp_path, {"a.py": "for _ in range(99_999): print('line')\n"})
    with subprocess.Popen(
        [*COMMAND, "run", "a.py"], cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert process.stdout.readline() == b"line\n"
        process.stdout.close()
        assert b"Traceback" not in process.stderr.read()
    assert process.returncode == 1


def test_an_interrupt_keeps_what_was_shown(tmp_path: Path) -> None:
    folder = write(tmp_path, {"a.py": "import time\nprint('first')\ntime.sleep(60)\n"})
    with subprocess.Popen(
        [*COMMAND, "run", "a.py"], cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert process.stdout.readline() == b"first\n"
        process.send_signal(signal.SIGINT)
        assert process.stderr.read().strip() == b"interrupted; finished results are kept"
    assert process.returncode == 130
