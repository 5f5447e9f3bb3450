"""The command as a process: systems and signals."""

from __future__ import annotations

import signal
import subprocess
import sys

import pytest

from deckwright.cli import main
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
