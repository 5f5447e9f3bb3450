"""System calls that the Linux kernel reports before it does them: seccomp's user notification.

A process that installs the filter gets the descriptor of a listener. Of every call in `system_calls`, by it
and by whatever it starts, in any language, the listener receives a report; the call waits until the listener
lets it go on. `man 2 seccomp_unotify` has the protocol.
"""

from __future__ import annotations

import ctypes
import errno
import fcntl
import os
import struct
import threading
from contextlib import suppress
from functools import cache

from deckwright.child.recording.process_memory import ProcessMemory
from deckwright.child.recording.system_calls import Machine, machine
from deckwright.child.recording.unreported import MARK
from deckwright.child.system_call_filter import (
    ALLOW,
    FAIL,
    JUMP_IF_ANY,
    JUMP_IF_EQUAL,
    NOTIFY,
    answer,
    call_seccomp,
    load_argument,
    program_of,
    put_on,
    step,
)

_GET_NOTIF_SIZES = 3
_NEW_LISTENER, _WAIT_KILLABLE_RECV = 8, 32
_AT_EMPTY_PATH = 0x1000

_REPORT = struct.Struct("QIIiIQ6Q")
_ANSWER = struct.Struct("QqiI")
_CONTINUE = 1
_SIZES = (_REPORT.size, _ANSWER.size, 64)


def _request(kind: int, size: int, direction: int) -> int:
    return direction << 30 | size << 16 | ord("!") << 8 | kind


_RECEIVE, _SEND = _request(0, _REPORT.size, 3), _request(1, _ANSWER.size, 3)
_IS_VALID, _SET_FLAGS = _request(2, 8, 1), _request(4, 8, 1)
_SYNC_WAKE_UP = 1
"""Wake the process that waits on the processor of the listener, which sleeps again at once."""

_REFUSALS = {
    errno.ENOSYS: "this kernel has no seccomp, or the container hides it",
    errno.EINVAL: "it needs Linux 5.19 or later",
    errno.EBUSY: "the container listens to system calls itself",
    errno.EPERM: "the container forbids it",
    errno.EACCES: "the container forbids it",
}


Report = tuple[int, int, int, tuple[int, ...]]
"""A system call that a thread is about to do: the report's name, thread, the call's number and arguments."""


class Listener:
    """Receives the reports of a process and of all that it starts."""

    def __init__(self, descriptor: int) -> None:
        self.descriptor = descriptor
        with suppress(OSError):  # needs Linux 6.6, and saves only time
            fcntl.ioctl(descriptor, _SET_FLAGS, _SYNC_WAKE_UP)

    def receive(self) -> Report | None:
        """Return the report that waits; None if its process has ended meanwhile."""
        data = bytearray(_REPORT.size)
        try:
            fcntl.ioctl(self.descriptor, _RECEIVE, data)
        except OSError:
            return None
        fields = _REPORT.unpack(data)
        return fields[0], fields[1], fields[3], fields[6:]

    def is_valid(self, report: Report) -> bool:
        """Whether the thread of a report still waits: if not, its number may be another one's."""
        try:
            fcntl.ioctl(self.descriptor, _IS_VALID, struct.pack("Q", report[0]))
        except OSError:
            return False
        return True

    def let_go_on(self, report: Report) -> None:
        """Let the kernel do the call."""
        with suppress(OSError):  # its process has ended
            fcntl.ioctl(self.descriptor, _SEND, _ANSWER.pack(report[0], 0, 0, _CONTINUE))


@cache
def refusal() -> str:
    """Say why the kernel does not report what a process reads; empty if it does."""
    here = machine()
    if here is None:
        return "it needs Linux on x86-64 or AArch64"
    answers: list[str] = []
    # A filter is for a thread and what it starts: this one ends at once.
    thread = threading.Thread(target=lambda: answers.append(_refusal(here)))
    thread.start()
    thread.join()
    return answers[0]


def prepare() -> None:
    """Build the filter now, not in each of the processes that are forked from this one."""
    if machine():
        _filter()


def install() -> int:
    """Put the filter on this process, for good; return the listener's descriptor.

    Its other threads, if it has any, do not get it. Raises OSError where `refusal` says why.
    """
    here = machine()
    if here is None:
        raise OSError(errno.ENOSYS, os.strerror(errno.ENOSYS))
    return _install(here)


def _refusal(here: Machine) -> str:
    sizes, text = (ctypes.c_uint16 * 3)(), ctypes.create_string_buffer(b"/")
    try:
        if scope := _yama_scope():
            return f"the setting kernel.yama.ptrace_scope={scope} forbids it"
        if _own_path(ctypes.addressof(text)) != b"/":
            return "the memory of processes cannot be read"
        call_seccomp(here, _GET_NOTIF_SIZES, 0, ctypes.byref(sizes))
        if tuple(sizes) != _SIZES:
            return "this kernel reports in another form"
        os.close(_install(here))
    except OSError as error:
        return _REFUSALS.get(error.errno or 0, str(error.strerror))
    return ""


def _own_path(address: int) -> bytes:
    memory = ProcessMemory()
    try:
        return memory.path(os.getpid(), address)
    finally:
        memory.forget()


def _yama_scope() -> int:
    """Return the setting if with it nobody reads the memory of what it started, else 0."""
    with suppress(OSError, ValueError), open("/proc/sys/kernel/yama/ptrace_scope", "rb") as file:
        scope = int(file.read())
        return scope if scope > 1 else 0
    return 0


def _install(here: Machine) -> int:
    # With the second flag, no signal makes a call fail whose report was received.
    return put_on(here, _filter(), _NEW_LISTENER | _WAIT_KILLABLE_RECV)


@cache
def _filter() -> bytes:
    here = machine()
    assert here is not None, "only a machine that is known installs it"
    return program_of(here, _steps(here))


def _steps(here: Machine) -> list[bytes]:
    # What a ring does would not be reported. Without rings, programs use calls.
    steps = [step(JUMP_IF_EQUAL, here.io_uring_setup, 0, 1), answer(FAIL | errno.ENOSYS)]
    for number, flags in here.of_descriptors.items():
        steps += [
            step(JUMP_IF_EQUAL, number, 0, 6),
            load_argument(flags),
            step(JUMP_IF_ANY, _AT_EMPTY_PATH, 2, 0),
            load_argument(0),  # the folder's descriptor
            step(JUMP_IF_EQUAL, MARK, 0, 1),
            answer(ALLOW),
            answer(NOTIFY),
        ]
    for number in sorted((here.calls.keys() | here.forks) - here.of_descriptors.keys()):
        steps += [step(JUMP_IF_EQUAL, number, 0, 1), answer(NOTIFY)]
    return steps
