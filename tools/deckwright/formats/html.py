"""One HTML page per deck, as marp-cli writes it, that opens with no network."""

from __future__ import annotations

from deckwright.formats.format import DeckRendering, Format, Lecture, Made
from deckwright.model import FormatOptions


def _files(deck: str, slides: int) -> tuple[str]:
    return (f"html/{deck}.html",)


def _make(rendering: DeckRendering, lecture: Lecture, options: FormatOptions) -> Made:
    (path,) = _files(lecture.name, 0)
    page, diagnostics = rendering.page(path)
    return Made({path: page}, diagnostics=diagnostics)


HTML = Format("html", _files, _make, needs_browser=False)
