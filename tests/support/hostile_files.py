"""What may lie in the place of a file: damage, an accident, or somebody's trick."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

KINDS = ("endless", "link", "pipe", "folder", "sparse", "cut", "flipped")


def replace_by(kind: str, path: Path) -> None:
    """Put something else in the place of a file."""
    content = path.read_bytes()
    path.unlink()
    if kind == "folder":
        (path / "more").mkdir(parents=True)
    elif kind == "pipe":
        os.mkfifo(path)
    elif kind == "endless":
        path.symlink_to("/dev/zero")
    elif kind == "link":
        (path.parent / "elsewhere").write_bytes(content)
        path.symlink_to("elsewhere")
    elif kind == "sparse":
        path.touch()
        os.truncate(path, 50 * 2**30)
    elif kind == "cut":
        path.write_bytes(content[: len(content) // 2])
    else:
        path.write_bytes(content[:-3] + bytes([content[-3] ^ 1]) + content[-2:])


def remove(path: Path) -> None:
    """Remove whatever is there."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink()
