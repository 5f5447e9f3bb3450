"""Failures whose cause lies outside of a script: each is shown failed, then right, and nothing is edited."""

from __future__ import annotations

import http.server
import os
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest

from integration.shell import COMMAND, Ran, deckwright, report_of, write

pytestmark = pytest.mark.integration

DECK = "# A\n\n```text output=../snippets/a.py\n```\n"
A = "snippets/a.py"

Cure = Callable[[], None]
Break = Callable[[Path], Cure]
"""Makes the outside wrong for a project, and returns what makes it right again."""


def project(folder: Path, code: str) -> Path:
    return write(folder / "course", {"slides/deck.md": DECK, A: code, "data/.keep": ""})


def make(folder: Path, *arguments: str) -> Ran:
    return deckwright(folder, "build", "--to", "html", "--json", *arguments)


def flag(folder: Path) -> Cure:
    """Leave a flag below /dev/shm or in the temporary folder, which no record knows."""
    path = outside_of(folder) / "flag"
    path.touch()
    return path.unlink


def outside_of(folder: Path) -> Path:
    """Return a folder that is outside of the project, and of which runs are not recorded to have read."""
    path = folder.parent / "outside"
    path.mkdir(exist_ok=True)
    return path


def a_port() -> int:
    with http.server.HTTPServer(("127.0.0.1", 0), http.server.BaseHTTPRequestHandler) as server:
        return server.server_port


class _Answer(http.server.BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"right")

    def log_message(self, format: str, *arguments: object) -> None:
        pass


@contextmanager
def serving(port: int) -> Iterator[None]:
    with http.server.HTTPServer(("127.0.0.1", port), _Answer) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield
        finally:
            server.shutdown()


@pytest.mark.parametrize(
    "code",
    [
        "import urllib.request\nprint(urllib.request.urlopen('http://127.0.0.1:{port}').read().decode())\n",
        "import socket\nwith socket.create_connection(('127.0.0.1', {port})): print('right')\n",
        """
        import urllib.request
        try:
            urllib.request.urlopen("http://127.0.0.1:{port}")
        except OSError as error:
            raise SystemExit("no data") from error
        print("right")
        """,
        """
        from concurrent.futures import ThreadPoolExecutor
        import urllib.request
        with ThreadPoolExecutor() as pool:
            tasks = [pool.submit(urllib.request.urlopen, "http://127.0.0.1:{port}") for _ in range(2)]
        if errors := [error for task in tasks if (error := task.exception())]:
            raise ExceptionGroup("downloads", errors)
        print("right")
        """,
    ],
    ids=["urllib", "socket", "exit", "group"],
)
def test_a_server_that_is_down_then_up(tmp_path: Path, code: str) -> None:
    port = a_port()
    folder = project(tmp_path, code.replace("{port}", str(port)))
    down = make(folder)
    assert down.code == 1
    assert "the next build runs it again" in down.out
    again = make(folder)  # it is not remembered, and says why it runs
    assert again.names("started") == [A]
    (job,) = report_of(folder)["jobs"]
    assert job["reason"].startswith(
        "it failed for a reason that may lie outside of the script: the network ("
    )
    with serving(port):
        assert make(folder).code == 0
    assert "right" in (folder / "build/slides/deck.md").read_text("utf-8")
    assert make(folder).names("started") == []


SCRIPTS = {
    "timeout": """
        # /// script
        # [tool.deckwright]
        # timeout = 6
        # ///
        import os, time
        time.sleep(60 if os.path.exists("{outside}/flag") else 0)
        print("right")
        """,
    "memory": """
        import os
        if os.path.exists("{outside}/flag"):
            raise MemoryError
        print("right")
        """,
    "open files": """
        import os
        import resource
        if os.path.exists("{outside}/flag"):
            resource.setrlimit(resource.RLIMIT_NOFILE, (64, 64))
        files = [open(os.devnull) for _ in range(100)]
        print("right")
        """,
    "file size": """
        import os, resource, signal
        if os.path.exists("{outside}/flag"):
            resource.setrlimit(resource.RLIMIT_FSIZE, (2**20, 2**20))
        with open("{outside}/data", "wb", buffering=0) as file:
            file.write(b"1" * 2**20)
            file.write(b"2")
        print("right")
        """,
    "full disk": """
        import os
        with open("/dev/full" if os.path.exists("{outside}/flag") else os.devnull, "w") as file:
            file.write("1" * 100_000)
        print("right")
        """,
    "cuda": """
        import os
        class AcceleratorError(RuntimeError): ...
        if os.path.exists("{outside}/flag"):
            raise AcceleratorError("unspecified launch failure")
        print("right")
        """,
    "program": """
        import os, subprocess
        subprocess.run(["{outside}/tool"] if os.path.exists("{outside}/flag") else ["true"], check=True)
        print("right")
        """,
    "killed child": """
        import os, subprocess, sys
        code = "import os; os.kill(os.getpid(), 9)" if os.path.exists("{outside}/flag") else ""
        subprocess.run([sys.executable, "-c", code], check=True)
        print("right")
        """,
    "asserted": """
        # %% cell
        #| raises: ConnectionError
        import os
        if not os.path.exists("{outside}/flag"):
            raise ConnectionRefusedError("right")
        """,
}


@pytest.mark.parametrize("name", SCRIPTS)
def test_what_fails_for_a_reason_outside_is_right_when_that_is_gone(tmp_path: Path, name: str) -> None:
    folder = project(tmp_path, SCRIPTS[name].replace("{outside}", f"{outside_of(tmp_path / 'course')}"))
    cure = flag(folder)
    assert [make(folder).code, make(folder).code] == [1, 1]
    (job,) = report_of(folder)["jobs"]
    assert job["reason"].startswith("it failed for a reason that may lie outside of the script")
    cure()
    assert make(folder).code == 0
    assert "right" in (folder / "build/slides/deck.md").read_text("utf-8")
    assert make(folder).names("started") == []


def test_a_job_that_is_killed_from_outside(tmp_path: Path) -> None:
    """It runs once more in the same build; if that is killed, too, in the next one."""
    folder = project(tmp_path, "import time\nprint('right', flush=True)\ntime.sleep(8)\n")
    command = subprocess.Popen(
        [*COMMAND, "build", "--to", "html", "--json"], cwd=folder, stdout=subprocess.PIPE, text=True
    )
    assert command.stdout is not None
    for line in command.stdout:
        if '"started"' in line:
            break
    first = running(folder, command.pid)
    os.kill(first, signal.SIGKILL)
    os.kill(running(folder, command.pid, but=first), signal.SIGKILL)
    command.communicate(timeout=200)
    assert command.returncode == 1
    (job,) = report_of(folder)["jobs"]
    assert job["failure"]["kind"] == "killed"
    assert make(folder).code == 0
    assert "right" in (folder / "build/slides/deck.md").read_text("utf-8")


def running(folder: Path, command: int, but: int = 0) -> int:
    """Return the process of the job that a command runs, as soon as it is not a former one."""
    while True:
        for child in psutil.Process(command).children(recursive=True):
            try:
                if child.pid != but and child.cwd() == str(folder / "snippets"):
                    return child.pid
            except psutil.Error:
                continue
        time.sleep(0.02)


@pytest.mark.parametrize(
    "code", ["assert 1 > 2\n", "int('x')\n", "open('none.csv')\n"], ids=["assert", "ValueError", "missing"]
)
def test_what_only_the_script_can_make_right_is_remembered_and_names_force(tmp_path: Path, code: str) -> None:
    folder = project(tmp_path, code)
    assert make(folder).code == 1
    again = make(folder)
    assert (again.code, again.names("started")) == (1, [])
    (hint,) = (event["hint"] for event in again.events if event["event"] == "diagnostic")
    assert hint.endswith("; an earlier run gave this: `--force` runs it again")
    assert make(folder, "--force", "a.py").names("started") == [A]


@pytest.mark.parametrize("command", ["build", "check"])
def test_force_trusts_no_record(tmp_path: Path, command: str) -> None:
    """Not even of what no build can know: the run read a file of a temporary folder."""
    folder = project(tmp_path, f"print(open('{outside_of(tmp_path / 'course')}/number').read())\n")
    (outside_of(folder) / "number").write_text("1")
    (folder / "slides/deck.md").write_text(DECK.replace("a.py\n", "a.py\n1\n"))
    shared = tmp_path / "shared"
    shared.mkdir()
    (folder / "pyproject.toml").write_text(f'[tool.deckwright]\nstore = "{shared}"\n')
    to = ["--to", "html"] if command == "build" else ["--standalone"]
    assert deckwright(folder, command, "--json", *to).code == 0
    (outside_of(folder) / "number").write_text("2")
    trusting = deckwright(folder, command, "--json", *to)
    assert (trusting.code, trusting.names("started")) == (0, [])
    anew = deckwright(folder, command, "--json", *to, "--force")
    assert (anew.names("started"), anew.names("rendering")) == ([A], ["slides/deck.md"])
    assert anew.names("trying") == ([A] if command == "check" else [])
    assert anew.code == (1 if command == "check" else 0)  # the slide has 1
    assert "\n2\n" in (folder / "build/slides/deck.md").read_text("utf-8")
