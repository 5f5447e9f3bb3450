"""Trees of real processes: what belongs to them, and ending all of it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from deckwright.machine.process_tree import ancestors, below, end_below, send, status_of
from support.processes import is_alive

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the trees of Linux")

ADOPTS = "import ctypes, os, signal, subprocess, sys, threading, time; ctypes.CDLL(None).prctl(36, 1); "


@pytest.fixture
def start() -> Iterator[Callable[[str], int]]:
    """Start a program that adopts the orphans of what it starts; return its pid when it prints."""
    started: list[subprocess.Popen[bytes]] = []

    def run(code: str) -> int:
        command = [sys.executable, "-c", f"{ADOPTS}{code}; print(flush=True); time.sleep(600)"]
        started.append(subprocess.Popen(command, stdout=subprocess.PIPE, start_new_session=True))
        assert started[-1].stdout
        started[-1].stdout.readline()
        return started[-1].pid

    yield run
    for each in started:
        end_below(each.pid)
        each.kill()
        each.wait()
        assert each.stdout
        each.stdout.close()


def test_what_left_its_session_and_its_parent_is_still_below(start: Callable[[str], int]) -> None:
    root = start("subprocess.run(['setsid', '--fork', 'sleep', '600'])")
    (pid,) = below(root)
    while (status := status_of(pid)) and status.session != pid:
        time.sleep(0.01)
    assert [each.pid for each in ancestors(pid)][:2] == [root, os.getpid()]
    assert list(below(root)) == [pid]
    assert end_below(root)
    assert not is_alive(pid)


def test_threads_are_counted(start: Callable[[str], int]) -> None:
    root = start("p = subprocess.Popen(['sleep', '600'])")
    assert list(below(root).values()) == [1]
    assert below(os.getpid())[root] == 1


def test_what_starts_its_successor_without_end_is_ended(start: Callable[[str], int]) -> None:
    """Who looks for it and then kills what was there is late."""
    # Not for ever: what outlives a test that is killed must not keep a machine busy.
    hops = r"while time.monotonic() < end and not os.fork(): pass\nos._exit(0)"
    once = f"end = time.monotonic() + 60; os.fork() or exec('{hops}')"
    root = start(f"signal.signal(signal.SIGCHLD, signal.SIG_IGN); {once}")
    assert end_below(root)
    assert not any(map(is_alive, below(root)))


def test_spared_processes_go_on(start: Callable[[str], int]) -> None:
    root = start("[subprocess.Popen(['sleep', '600']) for _ in range(3)]")
    spared, *others = below(root)
    assert end_below(root, spared={spared})
    assert is_alive(spared)
    assert not any(map(is_alive, others))


def test_a_signal_reaches_only_the_process_that_is_meant(start: Callable[[str], int]) -> None:
    root = start("p = subprocess.Popen(['sleep', '600'])")
    (pid,) = below(root)
    status = status_of(pid)
    assert status is not None
    send(replace(status, born=status.born - 1), signal.SIGKILL)
    assert is_alive(pid)
    send(status, signal.SIGKILL)
    while is_alive(pid):
        time.sleep(0.01)
    send(status, signal.SIGKILL)


def test_nothing_is_below_a_process_that_has_ended() -> None:
    assert below(2**22 + 1) == {}
    assert ancestors(2**22 + 1) == []
    assert end_below(2**22 + 1)
