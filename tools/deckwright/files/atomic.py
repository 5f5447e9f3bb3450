"""Atomic writes: a reader sees the old content of a file or the new one, and never a part of it."""

from __future__ import annotations

import errno
import os
import re
import secrets
import shutil
import stat
from contextlib import suppress
from pathlib import Path

from deckwright.files.locks import remove_unless_locked, try_lock

_TEMPORARY = re.compile(r"\.[0-9a-f]{16}\.tmp")


def write_atomic(path: Path, data: bytes, sync: bool = False, mode: int | None = None) -> bool:
    """Write a file under another name and rename it, if its content differs; return whether it did.

    With `sync` it is whole after a power cut, too; `mode` are its permissions, else those that it has. Raises
    OSError, and then leaves nothing behind.
    """
    if _has_content(path, data):
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        _write(path, data, sync, mode)
    except FileNotFoundError:  # `remove_temporary` came between creating the file and locking it
        _write(path, data, sync, mode)
    return True


def _has_content(path: Path, data: bytes) -> bool:
    """Whether a file, and no link, has this content; what is in its place may be endless."""
    try:
        status = path.lstat()
    except (OSError, ValueError):
        return False
    return stat.S_ISREG(status.st_mode) and status.st_size == len(data) and read_if_there(path) == data


def read_if_there(path: Path) -> bytes | None:
    """Return the content of a file; None if it cannot be read."""
    try:
        return path.read_bytes()
    except OSError:
        return None


def remove_temporary(folder: Path) -> None:
    """Remove the temporary files of killed processes below a folder, but not in hidden folders."""
    for place, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in filter(is_temporary, names):
            remove_unless_locked(Path(place, name), os.unlink)


def is_temporary(name: str) -> bool:
    """Whether a file has the name of one that is being written."""
    return _TEMPORARY.fullmatch(name) is not None


def _write(path: Path, data: bytes, sync: bool, mode: int | None) -> None:
    # Hidden, in the same folder (a rename cannot cross disks), and no other process's name.
    temporary = path.with_name(f".{secrets.token_hex(8)}.tmp")
    try:
        with open(temporary, "xb", buffering=0) as file:
            try_lock(file)
            if file.write(data) != len(data):
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            if sync:
                os.fsync(file.fileno())
            with suppress(FileNotFoundError):
                os.fchmod(file.fileno(), mode) if mode is not None else shutil.copymode(path, temporary)
            os.replace(temporary, path)
    except BaseException as error:
        temporary.unlink(missing_ok=True)
        if isinstance(error, OSError) and error.filename in (None, str(temporary)):
            error.filename = str(path)  # users do not know of the temporary file
        raise
