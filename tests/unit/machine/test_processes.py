from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator

import pytest

from deckwright.machine import processes
from deckwright.machine.processes import (
    AT_ONCE,
    Ending,
    descendants,
    end_strays,
    has_ended,
    is_stopped,
    members,
    stopped,
    used_bytes,
)


@pytest.fixture
def sleeper() -> Iterator[subprocess.Popen[bytes]]:
    with subprocess.Popen(["sleep", "60"], start_new_session=True) as running:
        yield running
        running.kill()


def test_signals_are_sent_one_after_the_other() -> None:
    ending = Ending()
    sent = [number for tenths in range(12) if (number := ending.due(10 + tenths / 10))]
    assert sent == [signal.SIGINT, signal.SIGTERM, signal.SIGKILL]
    assert [ending.due(12), ending.due(12.5), ending.due(13)] == [signal.SIGKILL, None, signal.SIGKILL]


def test_an_ending_without_warning() -> None:
    assert Ending(AT_ONCE).due(10) is signal.SIGKILL


def test_members(sleeper: subprocess.Popen[bytes]) -> None:
    assert members(os.getpid(), sleeper.pid)[sleeper.pid] == 1


def test_no_members_of_what_has_ended() -> None:
    assert members(2**22 + 1, 2**22 + 1) == {}


def test_a_stopped_process(sleeper: subprocess.Popen[bytes]) -> None:
    assert not is_stopped(sleeper.pid)
    assert stopped(sleeper.pid) == set()
    os.kill(sleeper.pid, signal.SIGSTOP)
    os.waitid(os.P_PID, sleeper.pid, os.WSTOPPED)
    assert is_stopped(sleeper.pid)
    assert stopped(sleeper.pid) == {sleeper.pid}
    assert sleeper.pid not in stopped(os.getpid())  # another session


def test_strays_are_known_by_session_or_variable(sleeper: subprocess.Popen[bytes]) -> None:
    environ = {**os.environ, "MARK_OF_STRAYS": str(os.getpid())}
    with subprocess.Popen(["sleep", "60"], env=environ) as marked, subprocess.Popen(["sleep", "60"]) as other:
        end_strays(sleeper.pid, "MARK_OF_STRAYS", str(os.getpid()))
        assert sleeper.wait(60) == marked.wait(60) == -signal.SIGKILL
        end_strays(0, "MARK_OF_STRAYS", str(os.getpid()))
        assert other.poll() is None
        other.kill()


def test_signals(sleeper: subprocess.Popen[bytes]) -> None:
    processes.signal_all([sleeper.pid, 2**22 + 1], signal.SIGTERM)
    assert sleeper.wait(60) == -signal.SIGTERM


def test_signals_to_a_group(sleeper: subprocess.Popen[bytes]) -> None:
    processes.signal_group(sleeper.pid, signal.SIGTERM)
    assert sleeper.wait(60) == -signal.SIGTERM
    processes.signal_group(2**22 + 1, signal.SIGTERM)


def test_a_zombie_has_ended(sleeper: subprocess.Popen[bytes]) -> None:
    assert not has_ended(sleeper.pid)
    os.kill(sleeper.pid, signal.SIGKILL)
    os.waitid(os.P_PID, sleeper.pid, os.WEXITED | os.WNOWAIT)
    assert has_ended(sleeper.pid)
    assert has_ended(2**22 + 1)


def test_memory_in_use() -> None:
    everything = used_bytes([os.getpid()], 0, 2**60)
    assert everything > 2**20
    assert used_bytes([os.getpid()], everything * 2, 2**60) == 0
    assert 0 < used_bytes([os.getpid()], 0, 1) <= everything * 1.1
    assert used_bytes([2**22 + 1], 0, 1) == 0


def test_descendants_are_killed_in_other_sessions_too() -> None:
    program = "import subprocess; subprocess.Popen(['sleep', '600'], start_new_session=True).wait()"
    with subprocess.Popen([sys.executable, "-c", program]) as parent:
        for _ in range(1000):
            if descendants(parent.pid):
                break
            time.sleep(0.05)
        processes.kill(descendants(parent.pid), 60)
        assert parent.wait(60) == 0


def test_no_descendants(sleeper: subprocess.Popen[bytes]) -> None:
    assert descendants(sleeper.pid) == descendants(2**22 + 1) == []
