"""Errors of the system, such as a full disk, as errors of ours: what happened where, and what to do."""

from __future__ import annotations

import errno
import os
import shlex
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from deckwright.errors import (
    DeckwrightError,
    DiskFull,
    NoPermission,
    PathError,
    SystemFailure,
    SystemLimit,
)

_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_FORBIDDEN = (errno.EACCES, errno.EPERM, errno.EROFS)
_WRONG_KIND = (errno.EEXIST, errno.ENOTDIR, errno.EISDIR, errno.ELOOP, errno.ENOTEMPTY)
_TOO_MANY_FILES = (errno.EMFILE, errno.ENFILE)
_TOO_LITTLE = (errno.ENOMEM, errno.EAGAIN)

LESS_AT_ONCE = "close other programs, or let fewer scripts run at once: `--jobs 1`"


def as_ours(error: DeckwrightError | OSError | MemoryError, path: str | Path = "") -> DeckwrightError:
    """Return an error with its slug and a hint; `path` is what it is about, if the error names none."""
    if isinstance(error, DeckwrightError):
        return error
    if isinstance(error, MemoryError):
        return SystemLimit("there is not enough memory", LESS_AT_ONCE)
    path = os.fsdecode(error.filename or path)
    reason = f"{shown(path)}: {error.strerror or error}" if path else str(error.strerror or error)
    if error.errno in _FULL:
        return DiskFull(reason, "free space, and run the command again: what is finished is kept")
    if error.errno in _FORBIDDEN:
        return NoPermission(reason, _permission_hint(path, error.errno))
    if error.errno in _TOO_MANY_FILES:
        return SystemLimit(reason, "close other programs, or raise the limit: `ulimit -n 4096`")
    if error.errno in _TOO_LITTLE:
        return SystemLimit(reason, LESS_AT_ONCE)
    if error.errno in _WRONG_KIND and path and (found := _wrong_kind(path, error.errno)):
        return PathError(found, "move it away, or remove it, and run the command again")
    if error.errno == errno.ENOENT and not path and _current_folder_is_gone():
        return PathError("the current folder is not there any more", "`cd` into a folder that is")
    return SystemFailure(reason, "put that right, and run the command again")


@contextmanager
def errors_about(path: Path, *, always: bool = False) -> Iterator[None]:
    """Raise an OSError as one of ours, about `path` if it names no other.

    `always`: whatever it names, such as a temporary file beside it.
    """
    try:
        yield
    except OSError as error:
        if always:
            error.filename = str(path)
        raise as_ours(error, path) from error


def shown(path: str) -> str:
    """Return a path as users see it: relative, if it is below the current folder."""
    try:
        below = os.path.relpath(path)
    except (OSError, ValueError):  # the current folder is gone
        return path
    return path if below.startswith("..") else below


def _permission_hint(path: str, number: int) -> str:
    if number == errno.EROFS:
        return "this disk cannot be written to: copy the project to one that can"
    if not path:
        return "make the project's files readable and writable for you"
    place = shlex.quote(shown(str(_nearest(path))))
    return f"make {place} readable and writable for you: `ls -ld {place}` shows whose it is"


def _nearest(path: str) -> Path:
    """Return a path, or the first folder above it that is there."""
    absolute = Path(os.path.abspath(path))
    return next(each for each in (absolute, *absolute.parents) if os.path.lexists(each))


def _wrong_kind(path: str, number: int) -> str:
    """Say what stands where a file or a folder is to be; empty if it is gone."""
    found = _nearest(path)
    name = shown(str(found))
    if found.is_symlink() and not found.exists():
        return f"{name} is a link to {os.readlink(found)}, which is not there"
    if number in (errno.EISDIR, errno.ENOTEMPTY) and found.is_dir():
        return f"{name} is a folder, where a file is to be"
    return "" if found.is_dir() else f"{name} is a file, where a folder is to be"


def _current_folder_is_gone() -> bool:
    try:
        os.getcwd()
    except OSError:
        return True
    return False
