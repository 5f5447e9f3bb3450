"""Filters of system calls (seccomp): programs that the kernel runs before each call of a process.

Such a program is in the kernel's classic BPF. Nothing removes it: whatever the process starts has it, too.
"""

from __future__ import annotations

import ctypes
import os
import struct
from collections.abc import Iterable
from typing import Any

from deckwright.child.libc import libc
from deckwright.child.recording.system_calls import Machine

_SET_FILTER = 1
_PR_SET_NO_NEW_PRIVS = 38

LOAD, JUMP, JUMP_IF_EQUAL, JUMP_IF_ANY, _RETURN = 0x20, 0x05, 0x15, 0x45, 0x06
_NUMBER, _ARCHITECTURE, _ARGUMENTS = 0, 4, 16
"""Where a filter finds these: `struct seccomp_data`."""

ALLOW, NOTIFY, FAIL = 0x7FFF0000, 0x7FC00000, 0x00050000


def step(code: int, value: int, if_true: int = 0, if_false: int = 0) -> bytes:
    return struct.pack("HBBI", code, if_true, if_false, value & 0xFFFFFFFF)


def answer(action: int) -> bytes:
    return step(_RETURN, action)


def load_argument(number: int) -> bytes:
    """Return the step that loads the lower half of an argument."""
    return step(LOAD, _ARGUMENTS + 8 * number)


def program_of(here: Machine, steps: Iterable[bytes]) -> bytes:
    """Return a filter that does `steps`, which begin with the call's number.

    Calls of another kind of processor pass, and those for which `steps` end without an answer.
    """
    own = [step(LOAD, _ARCHITECTURE), step(JUMP_IF_EQUAL, here.architecture, 1, 0), answer(ALLOW)]
    return b"".join([*own, step(LOAD, _NUMBER), *steps, answer(ALLOW)])


def put_on(here: Machine, program: bytes, flags: int = 0) -> int:
    """Put a filter on this process, for good; its other threads, if it has any, do not get it.

    Returns what the kernel does: a descriptor, with some flags. Raises OSError if it refuses.
    """
    memory = ctypes.create_string_buffer(program, len(program))
    code = struct.pack("H6xQ", len(program) // 8, ctypes.addressof(memory))
    libc().prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    return call_seccomp(here, _SET_FILTER, flags, code)


def call_seccomp(here: Machine, operation: int, flags: int, argument: Any) -> int:
    """Make the system call `seccomp`; raises OSError if it fails."""
    result: int = libc().syscall(here.seccomp, operation, flags, argument)
    if result < 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    return result
