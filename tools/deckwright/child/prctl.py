"""What Linux does when a parent ends before its children; nothing on other systems."""

from __future__ import annotations

import contextlib
import os
import signal
import sys

from deckwright.child.libc import libc

_SET_PDEATHSIG, _SET_CHILD_SUBREAPER = 1, 36


def die_with_parent(parent: int) -> None:
    """Let this process be killed when its parent ends; end it if that has happened already."""
    _prctl(_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)


def adopt_orphans() -> None:
    """Let this process be the parent of what its children leave behind."""
    _prctl(_SET_CHILD_SUBREAPER, 1)


def _prctl(option: int, argument: int) -> None:
    """Set an attribute of this process, where the kernel and its C library can."""
    if sys.platform == "linux":
        with contextlib.suppress(OSError, TypeError, AttributeError):
            libc().prctl(option, argument, 0, 0, 0)
