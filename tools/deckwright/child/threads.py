"""Threads shared out: neither a job nor what it starts may use more cores than are its own."""

from __future__ import annotations

import os
import sys
from types import ModuleType

from deckwright.child.import_hooks import after_import

VARIABLES = tuple(
    f"{library}_NUM_THREADS" for library in ("OMP", "MKL", "OPENBLAS", "NUMEXPR", "VECLIB_MAXIMUM")
)
"""What numeric libraries ask for their number of threads when they are loaded."""


def share() -> None:
    """Arrange for what the variables do not reach, as soon as it is imported."""
    after_import("torch", _share_pool)
    after_import(
        "multiprocessing.util", lambda module: module.register_after_fork(_stand_alone, _stand_alone)
    )


def _share_pool(torch: ModuleType) -> None:
    """Torch takes all cores for operators that run beside each other, whatever the variables say."""
    torch.set_num_interop_threads(int(os.environ[VARIABLES[0]]))


def _stand_alone(_: object) -> None:
    """In a process that multiprocessing has forked, its siblings use the other threads.

    Those that it starts in other ways meet the same rule in `startup`.
    """
    os.environ.update(dict.fromkeys(VARIABLES, "1"))
    if torch := sys.modules.get("torch"):
        torch.set_num_threads(1)
