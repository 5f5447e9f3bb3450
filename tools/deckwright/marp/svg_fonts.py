"""Fonts for the text in authors' SVG pictures, which does not get those of the page that shows them."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from deckwright.files.atomic import write_atomic
from deckwright.files.digests import digest
from deckwright.marp.stacks import with_stacks_in_picture

_HAS_TEXT = re.compile(rb"<(?:\w+:)?(?:text|foreignObject)\b")
_OPENING = re.compile(r"<svg\b[^>]*>")


def with_fonts(path: Path, faces: Callable[[str], str], folder: Path) -> Path:
    """Return a picture with the fonts of its text inside, below `folder`; the same file if it needs none.

    `faces` returns CSS with the fonts that a text names. A picture with fonts of its own keeps them alone.
    """
    if path.suffix.lower() != ".svg":
        return path
    data = path.read_bytes()
    if b"@font-face" in data or not _HAS_TEXT.search(data):
        return path
    try:
        svg = with_stacks_in_picture(data.decode())
    except UnicodeDecodeError:  # in another encoding, or broken, which is reported elsewhere
        return path
    whole = _OPENING.sub(lambda root: f"{root[0]}<style>{faces(svg)}</style>", svg, count=1).encode()
    # With its own name, which messages about the page show.
    fresh = folder / "pictures" / digest(whole)[:16] / path.name
    if not fresh.is_file():
        write_atomic(fresh, whole)
    return fresh
