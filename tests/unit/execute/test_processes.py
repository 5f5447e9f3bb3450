from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator

import pytest

from deckwright.execute import processes
from deckwright.execute.processes import Ending, at_once, end_below, sessions, used_bytes


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    signals: list[str] = []
    monkeypatch.setattr(processes, "signal_all", lambda pids, number: signals.append(number.name))
    return signals


@pytest.fixture
def sleeper() -> Iterator[subprocess.Popen[bytes]]:
    with subprocess.Popen(["sleep", "60"], start_new_session=True) as running:
        yield running
        running.kill()


def test_the_ladder_is_climbed_in_time(sent: list[str]) -> None:
    ending = Ending(1)
    for tenths in range(12):
        ending.push(10 + tenths / 10, [1])
    assert sent == ["SIGINT", "SIGTERM", "SIGKILL"]
    ending.push(12, [1])
    assert sent[-2:] == ["SIGKILL", "SIGKILL"]


def test_no_warning(sent: list[str]) -> None:
    at_once(1).push(10, [1])
    assert sent == ["SIGKILL"]


@pytest.mark.parametrize("quick", [True, False])
def test_sessions(sleeper: subprocess.Popen[bytes], monkeypatch: pytest.MonkeyPatch, quick: bool) -> None:
    monkeypatch.setattr(processes, "_KERNEL_LISTS_CHILDREN", quick and processes._KERNEL_LISTS_CHILDREN)
    assert sessions(os.getpid())[sleeper.pid] == [sleeper.pid]


def test_nothing_is_below_a_process_that_is_no_more() -> None:
    assert 2**22 + 1 not in sessions(2**22 + 1)


def test_signals(sleeper: subprocess.Popen[bytes]) -> None:
    processes.signal_all([sleeper.pid, 2**22 + 1], signal.SIGTERM)
    assert sleeper.wait(60) == -signal.SIGTERM


def test_memory_in_use() -> None:
    everything = used_bytes([os.getpid()], 0, 2**60)
    assert everything > 2**20
    assert used_bytes([os.getpid()], everything * 2, 2**60) == 0
    assert 0 < used_bytes([os.getpid()], 0, 1) <= everything * 1.1
    assert used_bytes([2**22 + 1], 0, 1) == 0


def test_end_below_reaches_other_sessions() -> None:
    program = "import subprocess; subprocess.Popen(['sleep', '600'], start_new_session=True).wait()"
    with subprocess.Popen([sys.executable, "-c", program]) as parent:
        for _ in range(1000):
            if processes._descendants(processes._process(parent.pid)):
                break
            time.sleep(0.05)
        end_below(parent.pid)
        assert parent.wait(60) == 0


def test_end_below_nothing(sleeper: subprocess.Popen[bytes]) -> None:
    end_below(sleeper.pid)
    end_below(2**22 + 1)
    assert sleeper.poll() is None
