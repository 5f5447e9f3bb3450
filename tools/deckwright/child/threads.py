"""The number of threads of a job and of the processes that it starts."""

from __future__ import annotations

import os
import sys
from types import ModuleType

from deckwright.child.import_hooks import after_import

VARIABLES = tuple(
    f"{library}_NUM_THREADS" for library in ("OMP", "MKL", "OPENBLAS", "NUMEXPR", "VECLIB_MAXIMUM")
)
"""Variables from which numeric libraries read their number of threads when they are loaded."""


def limit_threads() -> None:
    """Limit the threads that do not follow the variables, as soon as their libraries are imported."""
    after_import("torch", _limit_pool)
    after_import("multiprocessing.util", lambda module: module.register_after_fork(_use_one, _use_one))


def _limit_pool(torch: ModuleType) -> None:
    """Limit torch's pool for operators that run at the same time: by default it uses all cores."""
    torch.set_num_interop_threads(int(os.environ[VARIABLES[0]]))


def _use_one(_: object) -> None:
    """Use one thread in a process that multiprocessing has forked: its siblings use the others.

    `startup` does the same for processes that it starts in other ways.
    """
    os.environ.update(dict.fromkeys(VARIABLES, "1"))
    if torch := sys.modules.get("torch"):
        torch.set_num_threads(1)
