"""One picture per slide; `--scale` says how large. The first slide is also a deck's cover in the index."""

from __future__ import annotations

from deckwright.formats.format import DeckRendering, Format, Lecture, Made
from deckwright.model import FormatOptions


def _files(deck: str, slides: int) -> list[str]:
    return [f"png/{deck}/{number:03}.png" for number in range(1, slides + 1)]


def _make(rendering: DeckRendering, lecture: Lecture, options: FormatOptions) -> Made:
    pictures = list(rendering.pictures(options.scale))
    files = dict(zip(_files(lecture.name, len(pictures)), pictures, strict=True))
    return Made(files, misfits=rendering.misfits())


def _cover_files(deck: str, slides: int) -> tuple[str]:
    return (f"pictures/{deck}.png",)


def _make_cover(rendering: DeckRendering, lecture: Lecture, options: FormatOptions) -> Made:
    return Made(dict(zip(_cover_files(lecture.name, 1), rendering.pictures(slides=1), strict=True)))


PNG = Format("png", _files, _make, options=("scale",))
COVER = Format("cover", _cover_files, _make_cover)
