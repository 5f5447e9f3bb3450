"""A picture of the first slide of each deck, which the index of a build shows."""

from __future__ import annotations

from deckwright.formats.format import DeckRendering, Format, Made
from deckwright.model import Request


def _files(deck: str, slides: int) -> tuple[str]:
    return (f"pictures/{deck}.png",)


def _make(rendering: DeckRendering, deck: str, request: Request) -> Made:
    return Made(dict(zip(_files(deck, 1), rendering.pictures(slides=1), strict=True)))


COVER = Format("cover", _files, _make)
