"""The command as a process: systems and signals."""

from __future__ import annotations

import signal
import subprocess
import sys

import click
import pytest

from deckwright.cli import cli, main
from deckwright.cli.entry import Interrupt


def test_a_system_on_which_it_does_not_run(capsys: pytest.CaptureFixture[str]) -> None:
    code = "import sys; sys.modules['fcntl'] = None; import deckwright.cli, deckwright.pytest_plugin"
    subprocess.run([sys.executable, "-c", code], check=True)
    with pytest.raises(SystemExit) as ended:
        main(["doctor"], system="nt")
    assert ended.value.code == 2
    assert "error [config] Deckwright runs on Linux and macOS\nhint: on Windows" in capsys.readouterr().err


def test_a_second_interrupt_counts_only_much_later() -> None:
    now = 100.0
    interrupt = Interrupt(lambda: now)
    with pytest.raises(KeyboardInterrupt):
        interrupt(signal.SIGINT, None)
    now += Interrupt.CLEAN_UP_SECONDS
    interrupt(signal.SIGTERM, None)
    now += 1.0
    with pytest.raises(KeyboardInterrupt):
        interrupt(signal.SIGINT, None)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupt_that_python_drops_comes_again(number: signal.Signals) -> None:
    """As in a callback of the garbage collector, which may be where a signal finds the command."""
    code = (
        "import os, time, weakref; from deckwright.cli.entry import cli, main; import click\n"
        "class Object: pass\n"
        "@click.command()\n"
        "def wait():\n"
        "    kept = Object()\n"
        f"    reference = weakref.ref(kept, lambda _: os.kill(os.getpid(), {number}))\n"
        "    del kept\n"
        "    time.sleep(60)\n"
        "cli.add_command(wait); main(['wait'])"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=50)
    assert (ran.returncode, ran.stderr.strip()) == (130, "interrupted; finished results are kept")


@pytest.mark.parametrize(
    ("error", "code", "slug", "hint"),
    [
        (RuntimeError("can't start new thread"), 1, "system-limit", "--jobs 1"),
        (MemoryError(), 1, "system-limit", "--jobs 1"),
        (ZeroDivisionError("division by zero"), 70, "internal", "report it, with the lines above"),
    ],
)
def test_what_nothing_has_handled(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    error: Exception,
    code: int,
    slug: str,
    hint: str,
) -> None:
    @click.command()
    def fail() -> None:
        raise error

    monkeypatch.setitem(cli.commands, "doctor", fail)
    with pytest.raises(SystemExit) as ended:
        main(["doctor"])
    said = capsys.readouterr().err
    assert ended.value.code == code
    assert f"error [{slug}]" in said
    assert hint in said
    assert ("Traceback" in said) == (slug == "internal")
