"""Fetches that failed a short time ago: while decks are served, the next save does not try them again."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Generic, TypeVar

RETRY_SECONDS = 600.0
"""After so long, a failed fetch is tried again: the network may be back."""

T = TypeVar("T")


class FailedFetches(Generic[T]):
    """How fetches failed, by name, for as long as that counts."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._failed: dict[str, tuple[float, T]] = {}

    def put(self, name: str, failure: T) -> None:
        """Note how a fetch failed now."""
        self._failed[name] = (self._clock(), failure)

    def get(self, name: str) -> T | None:
        """Return how a fetch failed; None if it has not, or not lately."""
        at, failure = self._failed.get(name, (float("-inf"), None))
        return failure if self._clock() - at < RETRY_SECONDS else None
