"""One picture per slide; `--scale` says how large. The first slide is also a deck's cover in the index."""

from __future__ import annotations

from deckwright.formats.format import DeckRendering, Format, Made
from deckwright.model import Request


def _files(deck: str, slides: int) -> list[str]:
    return [f"png/{deck}/{number:03}.png" for number in range(1, slides + 1)]


def _make(rendering: DeckRendering, deck: str, request: Request) -> Made:
    pictures = list(rendering.pictures(request.scale))
    files = dict(zip(_files(deck, len(pictures)), pictures, strict=True))
    return Made(files, misfits=rendering.misfits())


def _cover_files(deck: str, slides: int) -> tuple[str]:
    return (f"pictures/{deck}.png",)


def _make_cover(rendering: DeckRendering, deck: str, request: Request) -> Made:
    return Made(dict(zip(_cover_files(deck, 1), rendering.pictures(slides=1), strict=True)))


PNG = Format("png", _files, _make, options=lambda request: {"scale": request.scale})
COVER = Format("cover", _cover_files, _make_cover)
