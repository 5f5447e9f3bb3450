"""Files that are whole or absent: whoever reads one sees the old content or the new."""

from __future__ import annotations

import fcntl
import os
import re
import secrets
import shutil
from contextlib import suppress
from pathlib import Path

_BEGUN = re.compile(r"\.[0-9a-f]{16}\.tmp")


def write_whole(path: Path, data: bytes, sync: bool = False) -> None:
    """Write a file under another name and rename it; with `sync`, whole after a power cut too.

    Raises OSError, and then leaves nothing behind.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        _write(path, data, sync)
    except FileNotFoundError:  # `remove_begun` came between making the file and holding it
        _write(path, data, sync)


def remove_begun(folder: Path) -> None:
    """Remove what processes that were killed had begun to write below a folder, but in no hidden one."""
    for place, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in filter(_BEGUN.fullmatch, names):
            _remove_unless_held(os.path.join(place, name))


def _write(path: Path, data: bytes, sync: bool) -> None:
    # Hidden, in the same folder (a rename cannot cross disks), and no other process's name.
    temporary = path.with_name(f".{secrets.token_hex(8)}.tmp")
    try:
        with open(temporary, "xb", buffering=0) as file:
            with suppress(OSError):  # held as long as we live, where the file system has locks
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if file.write(data) != len(data):
                raise OSError("the disk is full")
            if sync:
                os.fsync(file.fileno())
            with suppress(FileNotFoundError):
                shutil.copymode(path, temporary)
            os.replace(temporary, path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def _remove_unless_held(path: str) -> None:
    with suppress(OSError), open(path, "rb") as file:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        os.unlink(path)
