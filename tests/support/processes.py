"""Whether a process that a test started still runs."""

from __future__ import annotations

import psutil


def is_alive(pid: int) -> bool:
    """Whether a process runs. A zombie, which in a container may stay for ever, does not."""
    try:
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False
