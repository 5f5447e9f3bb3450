"""Start every random generator that a script may use from the same number."""

from __future__ import annotations

import random
from types import ModuleType

from deckwright.child.import_hooks import after_import


def plant(seed: int) -> None:
    """Seed random now, numpy and torch now or as soon as they are imported."""

    def numpy_random(module: ModuleType) -> None:
        module.seed(seed % 2**32)

    def torch(module: ModuleType) -> None:
        module.manual_seed(seed)

    random.seed(seed)
    after_import("numpy.random", numpy_random)
    after_import("torch", torch)
