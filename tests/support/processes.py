"""Waiting for processes that a test started, and whether they still run."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import psutil

T = TypeVar("T")


def is_alive(pid: int) -> bool:
    """Whether a process runs. A zombie, which in a container may stay for ever, does not."""
    try:
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def until(found: Callable[[], T], about: object = "", seconds: float = 90) -> T:
    """Wait for something, and return it; `about` is what to say if it does not come, or a log to show."""
    deadline = time.monotonic() + seconds
    while not (value := found()):
        assert time.monotonic() < deadline, about.read_text() if isinstance(about, Path) else about
        time.sleep(0.05)
    return value
