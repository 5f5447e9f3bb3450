"""The installed version of Deckwright, by its files."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from deckwright.files.disk import stamp_of


def tool_files(folder: Path = Path(__file__).parents[1]) -> Iterator[tuple[str, int, int]]:
    """Yield the path, size and time of each file of Deckwright."""
    for entry in os.scandir(folder):
        if entry.is_dir():
            yield from tool_files(Path(entry.path)) if entry.name != "__pycache__" else ()
        else:
            stamp = stamp_of(entry.stat())
            yield entry.path, stamp.size_bytes, stamp.modified_ns
