"""One picture per slide; `--scale` says how large. The first slide is also a deck's cover in the index."""

from __future__ import annotations

from deckwright.formats.format import DeckRendering, Format, Lecture, Made
from deckwright.model import FormatOptions


def _files(lecture: Lecture) -> list[str]:
    return [_path(lecture, number) for number, _ in enumerate(lecture.slides, 1)]


def _path(lecture: Lecture, number: int) -> str:
    return f"png/{lecture.name}/{number:03}.png"


def _make(rendering: DeckRendering, lecture: Lecture, options: FormatOptions) -> Made:
    pictures = enumerate(rendering.pictures(options.scale), 1)
    files = {_path(lecture, number): picture for number, picture in pictures}
    return Made(files, misfits=rendering.misfits())


def _cover_files(lecture: Lecture) -> tuple[str]:
    return (f"pictures/{lecture.name}.png",)


def _make_cover(rendering: DeckRendering, lecture: Lecture, options: FormatOptions) -> Made:
    return Made(dict(zip(_cover_files(lecture), rendering.pictures(slides=1), strict=True)))


PNG = Format("png", _files, _make, options=("scale",))
COVER = Format("cover", _cover_files, _make_cover)
