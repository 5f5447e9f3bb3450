"""A build that is ended on a terminal: in good order, with what it had done, and leaving nothing."""

from __future__ import annotations

import fcntl
import os
import pty
import signal
import subprocess
import termios
import uuid
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Self

import psutil
import pytest

from integration.shell import COMMAND, deckwright, write

pytestmark = pytest.mark.integration

MARK = "DECKWRIGHT_TEST_COMMAND"

DECK = """
    # A

    ```text output=../snippets/quick.py
    ```

    ---

    ```text output=../snippets/slow.py
    ```
    """
NPM = "#!/bin/sh\ntouch installing\nexec sleep 60\n"
SLOW = "import time\nopen('running', 'w').close()\ntime.sleep(60)\n"


class Terminal:
    """A command in a terminal of its own."""

    def __init__(self, folder: Path, *arguments: str, **environ: str) -> None:
        self._mark = uuid.uuid4().hex
        self._main, side = pty.openpty()
        self.said = ""
        self.process = subprocess.Popen(
            [*COMMAND, *arguments],
            cwd=folder,
            stdin=side,
            stdout=side,
            stderr=side,
            env={**os.environ, "TERM": "xterm", **environ, MARK: self._mark},
            start_new_session=True,
            preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),
        )
        os.close(side)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.process.kill()
        self.process.wait()
        with suppress(OSError):  # that it was hung up
            os.close(self._main)

    def read_until(self, true: Callable[[], bool]) -> None:
        """Read on, so that the command never waits for us, until something is true."""
        while not true():
            self.said += os.read(self._main, 65536).decode("utf-8", "replace")

    def read_to_the_end(self) -> None:
        with suppress(OSError):  # that the other side is closed
            self.read_until(lambda: False)

    def press_ctrl_c(self) -> None:
        os.write(self._main, b"\x03")

    def hang_up(self) -> None:
        os.close(self._main)
        self._main = -1

    def left(self) -> list[str]:
        """Return the names of the processes that the command has started and that still run."""
        return [each.name() for each in psutil.process_iter() if self._is_left(each)]

    def _is_left(self, process: psutil.Process) -> bool:
        try:
            ended = process.status() == psutil.STATUS_ZOMBIE
            return not ended and process.environ().get(MARK) == self._mark
        except psutil.Error:
            return False


@pytest.fixture
def course(tmp_path: Path) -> Path:
    return write(
        tmp_path, {"slides/deck.md": DECK, "snippets/quick.py": "print(1)\n", "snippets/slow.py": SLOW}
    )


@pytest.mark.parametrize("presses", [1, 2])
def test_ctrl_c(course: Path, presses: int) -> None:
    with Terminal(course, "build", "--to", "html", "--jobs", "1") as ran:
        # Of what never ran, the first by name is first: quick has ended when slow runs.
        ran.read_until((course / "snippets/running").exists)
        for _ in range(presses):
            ran.press_ctrl_c()
        ran.read_to_the_end()
        assert ran.process.wait() == 130
        assert ran.left() == []
        assert "interrupted; finished results are kept" in ran.said
        assert "Traceback" not in ran.said
    assert ran.said.count("\x1b[?25l") == ran.said.count("\x1b[?25h") > 0  # the cursor is shown again
    (course / "snippets/slow.py").write_text("print(2)\n")
    again = deckwright(course, "build", "--to", "html", "--json")
    assert again.names("finished") == ["snippets/slow.py"]


def test_ctrl_c_while_packages_are_installed(course: Path, tmp_path: Path) -> None:
    tools = write(tmp_path / "tools", {"node": "#!/bin/sh\necho v22.0.0\n", "npm": NPM})
    for program in tools.iterdir():
        program.chmod(0o755)
    path = os.pathsep.join([str(tools), os.environ["PATH"]])
    with Terminal(course, "build", PATH=path, DECKWRIGHT_CACHE=str(tmp_path / "cache")) as ran:
        ran.read_until(lambda: bool(list((tmp_path / "cache").rglob("installing"))))
        ran.press_ctrl_c()
        ran.read_to_the_end()
        assert ran.process.wait() == 130
        assert ran.left() == []
    left = [path.relative_to(tmp_path / "cache") for path in (tmp_path / "cache").rglob("*")]
    assert sorted(path.suffix or path.name for path in left) == [".lock", ".lock", "scratch"]


def test_a_terminal_that_is_closed(course: Path) -> None:
    with Terminal(course, "build", "--to", "html") as ran:
        ran.read_until((course / "snippets/running").exists)
        ran.hang_up()
        assert ran.process.wait() != 0
        assert ran.left() == []


def test_a_request_to_end(course: Path) -> None:
    with Terminal(course, "build", "--to", "html") as ran:
        ran.read_until((course / "snippets/running").exists)
        ran.process.send_signal(signal.SIGTERM)
        ran.read_to_the_end()
        assert ran.process.wait() == 130
        assert ran.left() == []
