"""One HTML page per deck, as marp-cli writes it, that opens with no network."""

from __future__ import annotations

from deckwright.formats.format import DeckRendering, Format, Lecture, Made
from deckwright.model import FormatOptions


def page_path(deck: str) -> str:
    """Return the path below build/ of the page of a deck of this name."""
    return f"html/{deck}.html"


def _files(lecture: Lecture) -> tuple[str]:
    return (page_path(lecture.name),)


def _make(rendering: DeckRendering, lecture: Lecture, options: FormatOptions) -> Made:
    (path,) = _files(lecture)
    page, diagnostics = rendering.page(path)
    return Made({path: page}, diagnostics=diagnostics)


HTML = Format("html", _files, _make, needs_browser=False)
