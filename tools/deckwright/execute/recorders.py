"""Which recorder says what a run reads: the Linux kernel where it can, else Python's audit hooks."""

from __future__ import annotations

import os
from collections.abc import Mapping

from deckwright.child.recording.seccomp import refusal
from deckwright.errors import ConfigError
from deckwright.frozen import dataclass

VARIABLE = "DECKWRIGHT_RECORDER"
_KERNEL, _HOOKS = "kernel", "hooks"


@dataclass(frozen=True, slots=True)
class Recorder:
    """The recorder in force on this machine."""

    kernel: bool
    """Whether the kernel reports what runs read; if not, audit hooks of Python do."""
    reason: str = ""
    """Why it is not the kernel."""

    def __str__(self) -> str:
        return "the kernel" if self.kernel else f"Python's audit hooks ({self.reason})"


def recorder_in_force(environ: Mapping[str, str] = os.environ) -> Recorder:
    """Return the recorder in force; raises ConfigError if the variable that chooses one is wrong."""
    wanted = environ.get(VARIABLE, "")
    if wanted not in ("", _KERNEL, _HOOKS):
        raise ConfigError(f"{VARIABLE} is {wanted!r}", f"it may be {_KERNEL} or {_HOOKS}")
    if wanted == _HOOKS:
        return Recorder(False, f"{VARIABLE} is {wanted}")
    reason = refusal()
    if reason and wanted:
        raise ConfigError(
            f"{VARIABLE} is {wanted!r}, but {reason}", "without it, Python's audit hooks record"
        )
    return Recorder(not reason, reason)
