"""One picture per slide; `--scale` says how large."""

from __future__ import annotations

from deckwright.formats.format import DeckRendering, Format, Made
from deckwright.model import Request


def _files(deck: str, slides: int) -> list[str]:
    return [f"png/{deck}/{number:03}.png" for number in range(1, slides + 1)]


def _make(rendering: DeckRendering, deck: str, request: Request) -> Made:
    pictures = list(rendering.pictures(request.scale))
    files = dict(zip(_files(deck, len(pictures)), pictures, strict=True))
    return Made(files, diagnostics=rendering.overflow())


PNG = Format("png", _files, _make, options=lambda request: {"scale": request.scale})
