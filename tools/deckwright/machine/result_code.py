"""Deckwright's own code that shapes results: it is in their keys, so that an upgrade runs scripts again."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from deckwright.files.digests import digest

TOOL = Path(__file__).parents[1]

SHAPING = ("child", "execute", "files", "machine", "model", "parse", "text")
"""Packages that decide which statements a script has, run it, and read what it left. The test of this module
compares them with the imports."""

FONTS = ("marp/families.py", "marp/family_files.py", "marp/figure_fonts.py")
"""Modules that decide which fonts figures get: what runs scripts is given them."""


def result_code_digest(tool: Path = TOOL) -> str:
    """Return a digest of what is in the files: touching one of them changes nothing."""
    files = [path for package in SHAPING for path, *_ in tool_files(tool / package) if path.endswith(".py")]
    files += [str(tool / module) for module in FONTS]
    return digest(b"\0".join(Path(file).read_bytes() for file in sorted(files)))


def tool_files(folder: Path = TOOL) -> Iterator[tuple[str, int, int]]:
    """Yield the path, size and time of each file of Deckwright: an upgrade changes them."""
    for entry in os.scandir(folder):
        if entry.is_dir():
            yield from tool_files(Path(entry.path)) if entry.name != "__pycache__" else ()
        else:
            status = entry.stat()
            yield entry.path, status.st_size, status.st_mtime_ns
