"""Flaws that the browser found on the slides of a deck, and the pictures that show them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from deckwright.files.atomic import write_atomic
from deckwright.model import SlideDiagnostic, SlideSlug


def flaws(found: Sequence[Mapping[str, Any]]) -> tuple[SlideDiagnostic, ...]:
    """Make flaws of the answer of the Node side."""
    return tuple(
        SlideDiagnostic(
            SlideSlug(flaw["kind"]),
            flaw["slide"],
            flaw["line"],
            flaw["message"],
            flaw["text"],
            flaw["pixels"],
        )
        for flaw in found
    )


def keep_pictures(taken: Path, folder: Path, name: str) -> Iterator[tuple[int, Path]]:
    """Keep pictures `3.png` as `name`-3.png in `folder`; yield slide and path. Older ones go."""
    pictures = {int(path.stem): path for path in taken.glob("*.png")}
    kept = {folder / f"{name}-{slide}.png": slide for slide in sorted(pictures)}
    for path in set(folder.glob("*.png")) - kept.keys():
        if re.fullmatch(rf"{re.escape(name)}-\d+\.png", path.name):
            path.unlink()
    for path, slide in kept.items():
        write_atomic(path, pictures[slide].read_bytes())
        yield slide, path
