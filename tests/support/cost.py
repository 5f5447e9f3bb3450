"""How the cost of a call grows with its input, in processor time: a busy machine changes nothing."""

from __future__ import annotations

import time
from collections.abc import Callable

MOST = 10
"""Four times the input costs four times as much, and some more; sixteen times as much if it is quadratic."""


def growth(call: Callable[[str], object], text: Callable[[int], str], size: int) -> float:
    """Return how many times the processor time grows from a text of a size to one of four times that size."""
    return _least(call, text(4 * size)) / _least(call, text(size))


def _least(call: Callable[[str], object], text: str) -> float:
    # A text of its own for each call: the call may cache what it returns.
    return min(_seconds(call, text + "\n" * number) for number in range(3))


def _seconds(call: Callable[[str], object], text: str) -> float:
    started = time.thread_time()
    call(text)
    return time.thread_time() - started
