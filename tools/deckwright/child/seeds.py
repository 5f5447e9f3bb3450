"""The seeds of the random generators that scripts use."""

from __future__ import annotations

import random
from types import ModuleType

from deckwright.child.import_hooks import after_import


def seed_generators(seed: int) -> None:
    """Seed random, numpy and torch: those that are not imported yet as soon as they are."""

    def numpy_random(module: ModuleType) -> None:
        module.seed(seed % 2**32)

    def torch(module: ModuleType) -> None:
        module.manual_seed(seed)

    random.seed(seed)
    after_import("numpy.random", numpy_random)
    after_import("torch", torch)
