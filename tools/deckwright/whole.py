"""Files that are whole or absent: whoever reads one sees the old content or the new."""

from __future__ import annotations

import os
import secrets
import shutil
from contextlib import suppress
from pathlib import Path


def write_whole(path: Path, data: bytes, sync: bool = False) -> None:
    """Write a file under another name and rename it; with `sync`, whole after a power cut too.

    Raises OSError, and then leaves nothing behind.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    # Hidden, in the same folder (a rename cannot cross disks), and no other process's name.
    temporary = path.with_name(f".{secrets.token_hex(8)}.tmp")
    try:
        with open(temporary, "xb", buffering=0) as file:
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
