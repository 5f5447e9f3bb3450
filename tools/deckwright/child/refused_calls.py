"""What a job may not do: signal or change the processes that run it, or signal all processes at once.

`kill(-1)` ends everything that belongs to the user. On Linux, the kernel refuses such calls.
"""

from __future__ import annotations

import errno
import os
from contextlib import suppress

from deckwright.child.recording.system_calls import Machine, machine
from deckwright.child.system_call_filter import (
    ALLOW,
    FAIL,
    JUMP,
    JUMP_IF_EQUAL,
    answer,
    load_argument,
    program_of,
    put_on,
    step,
)
from deckwright.machine.process_tree import ancestors

_EVERYTHING = -1
_MOST = 100
"""Numbers that one filter can compare: its jumps are short."""


def guard_ancestors() -> bool:
    """Refuse what signals or changes those from which this process descends, and their groups.

    Signal 0, which asks whether a process is there, passes, and so does asking for limits. Returns whether
    the kernel refuses the others.
    """
    here = machine()
    if here is None:
        return False
    above = ancestors(os.getpid())
    numbers = {_EVERYTHING, *(each.pid for each in above), *(-each.group for each in above if each.group)}
    with suppress(OSError):
        put_on(here, program_of(here, _steps(here, sorted(numbers)[:_MOST])))
        return True
    return False


def _steps(here: Machine, refused: list[int]) -> list[bytes]:
    """Return the steps that refuse a call with one of some numbers as its target, unless it only asks."""
    last = len(refused) - 1
    compares = [step(JUMP_IF_EQUAL, number, last - at, at == last) for at, number in enumerate(refused)]
    loads: list[bytes] = []
    for call, (target, asks) in here.controls.items():
        passes = [] if asks is None else [load_argument(asks), step(JUMP_IF_EQUAL, 0, 0, 1), answer(ALLOW)]
        # The last step of `loads` answers; the comparisons, which all calls share, follow it.
        body = [*passes, load_argument(target), step(JUMP, len(loads) + 1)]
        loads = [step(JUMP_IF_EQUAL, call, 0, len(body)), *body, *loads]
    return [*loads, answer(ALLOW), *compares, answer(FAIL | errno.EPERM)]
