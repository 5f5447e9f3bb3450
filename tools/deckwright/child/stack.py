"""The stack of a process that is interrupted while C code runs, where Python raises no KeyboardInterrupt."""

from __future__ import annotations

import faulthandler
import os
import signal

from deckwright.child.task import STACK

_APPEND = os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC


def write_stack_when_interrupted(folder: str) -> None:
    """Let SIGINT write where the main thread is, and then do what it would do anyway.

    A script that handles the signal itself writes nothing.
    """
    file = os.open(os.path.join(folder, STACK), _APPEND, 0o600)
    faulthandler.register(signal.SIGINT, file, all_threads=False, chain=True)
    os.register_at_fork(after_in_child=_write_none)


def _write_none() -> None:
    """Let a fork of this process write nothing: the stack would not say whose it is."""
    if callable(signal.getsignal(signal.SIGINT)):  # the signal has its handler from Python
        faulthandler.unregister(signal.SIGINT)
