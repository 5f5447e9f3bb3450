"""What the kernel reports of a process, in processes of their own: a filter stays until its process ends."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from deckwright.child.recording.announce import PREFIX
from deckwright.child.recording.seccomp import refusal
from deckwright.child.recording.system_calls import Effect, machine

pytestmark = pytest.mark.skipif(bool(refusal()), reason=refusal())

REPORTS = """
import os, select, socket
from deckwright.child.recording.process_memory import ProcessMemory
from deckwright.child.recording.recorder import report_to
from deckwright.child.recording.seccomp import Listener
from deckwright.child.recording.system_calls import machine

ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)
if os.fork() == 0:
    assert report_to(theirs.detach(), "", "", "", processes=100, threads=1000)
    {code}
    os._exit(0)
_, (descriptor,), _, _ = socket.recv_fds(ours, 16, 1)
listener, memory, poll = Listener(descriptor), ProcessMemory(), select.poll()
poll.register(descriptor, select.POLLIN)
while poll.poll()[0][1] & select.POLLIN:
    report = listener.receive()
    _, thread, number, arguments = report
    for use in machine().calls[number]:
        path = memory.path(thread, arguments[use.path]) if use.path is not None else b""
        print(use.effect, os.fsdecode(path))
    assert listener.is_valid(report)
    listener.let_go_on(report)
    assert not listener.is_valid(report)
"""


def reports(code: str) -> list[str]:
    """Return the effects and paths of what a process does, as the kernel reports it."""
    program = REPORTS.replace("{code}", code)
    command = [sys.executable, "-c", program]
    first, *lines = subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()
    assert first == f"look {PREFIX}", "it begins when the recorder has heard of it"
    return lines


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("os.open('/dev/null', os.O_RDONLY)", ["open /dev/null"]),
        ("os.stat('/usr')", ["look /usr"]),
        ("os.lstat('/usr')", ["look /usr"]),
        ("os.access('/nowhere', os.R_OK)", ["look /nowhere"]),
        ("os.readlink('/proc/self')", ["look_at_link /proc/self"]),
        ("os.fstat(0)", []),
        ("os.listdir('/dev/fd')", ["open /dev/fd", "list ", "list "]),
        ("os.chdir('/')", ["enter /"]),
        ("os.execv('/bin/true', ['true'])", ["read /bin/true"]),
        ("os.path.exists('/' + 'a' * 300)", ["look /" + "a" * 300]),
    ],
)
def test_calls_are_reported(code: str, expected: list[str]) -> None:
    assert [line for line in reports(code) if ".so" not in line][: len(expected)] == expected


def test_io_uring_is_not_there() -> None:
    """What its rings do would not be reported."""
    code = "import ctypes; os.stat('/' if ctypes.CDLL(None).syscall(425, 1, 0) == -1 else '/wrong')"
    assert reports(code)[-1] == "look /"


def test_numbers_belong_to_one_call() -> None:
    here = machine()
    assert here is not None
    assert here.of_descriptors.keys() <= here.calls.keys()
    assert {use.effect for uses in here.calls.values() for use in uses} == {*Effect}


def test_asking_leaves_nothing() -> None:
    def filters() -> str:
        return Path("/proc/self/status").read_text().partition("Seccomp:")[2].partition("Speculation")[0]

    before = filters()
    refusal.cache_clear()
    assert (refusal(), filters()) == ("", before)
