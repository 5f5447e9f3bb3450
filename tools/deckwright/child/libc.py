"""The C library of this process."""

from __future__ import annotations

import ctypes
from functools import cache


@cache
def libc() -> ctypes.CDLL:
    """Return the library; its calls set `ctypes.get_errno()`. Raises OSError or TypeError where it is static.

    Loaded once, in the server: each loading makes new types, and a fork copies the memory that it writes to.
    """
    return ctypes.CDLL(None, use_errno=True)
