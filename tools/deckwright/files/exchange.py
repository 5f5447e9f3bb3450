"""Renames that only Linux offers: two files change their names, or none is ever replaced."""

from __future__ import annotations

import errno
import os
from functools import lru_cache
from pathlib import Path
from typing import Any

_AT_FDCWD = -100
_NO_REPLACE, _EXCHANGE = 1, 2
_UNKNOWN = (errno.ENOSYS, errno.EINVAL, errno.EOPNOTSUPP)
"""What a system or a file system says that has no such renames (macOS, NFS, some FUSE)."""


def exchange(one: Path, other: Path) -> bool:
    """Exchange the contents of two names at once; return whether the file system can. Raises OSError."""
    return _renameat2(one, other, _EXCHANGE)


def rename_new(source: Path, target: Path) -> None:
    """Give a file a name that no other file has; raises FileExistsError, or another OSError."""
    if _renameat2(source, target, _NO_REPLACE):
        return
    try:
        os.link(source, target)
    except FileExistsError:
        raise
    except OSError:  # a file system without hard links
        if os.path.lexists(target):
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(target)) from None
        os.rename(source, target)
    else:
        os.unlink(source)


def _renameat2(source: Path, target: Path, flags: int) -> bool:
    import ctypes

    call = _system_call()
    if call is None:
        return False
    if call(_AT_FDCWD, os.fsencode(source), _AT_FDCWD, os.fsencode(target), flags) == 0:
        return True
    number = ctypes.get_errno()
    if number in _UNKNOWN:
        return False
    raise OSError(number, os.strerror(number), str(source), None, str(target))


@lru_cache(maxsize=1)
def _system_call() -> Any:
    """Return the function of the C library; None where there is none."""
    import ctypes

    return getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
