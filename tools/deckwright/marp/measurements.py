"""Diagnostics of slides that the browser measured, and the pictures that show them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from deckwright.files.atomic import write_atomic


def keep_pictures(source: Path, folder: Path, name: str) -> Iterator[tuple[int, Path]]:
    """Copy pictures `3.png` to `name`-3.png in `folder`, and remove older ones; yield slide and path."""
    pictures = {int(path.stem): path for path in source.glob("*.png")}
    targets = {folder / f"{name}-{slide}.png": slide for slide in sorted(pictures)}
    for path in set(folder.glob("*.png")) - targets.keys():
        if re.fullmatch(rf"{re.escape(name)}-\d+\.png", path.name):
            path.unlink()
    for path, slide in targets.items():
        write_atomic(path, pictures[slide].read_bytes())
        yield slide, path
