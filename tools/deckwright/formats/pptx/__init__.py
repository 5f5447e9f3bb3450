"""One PPTX per deck: a picture of each slide or step, with its title, text, links and speaker notes.

With the option `editable`, texts and pictures are shapes where another program draws them as they are.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from deckwright.formats.format import DeckRendering, Format, Lecture, Made
from deckwright.formats.pdf import LAST
from deckwright.formats.plain_text import plain_text
from deckwright.formats.pptx.libreoffice import find_libreoffice
from deckwright.formats.pptx.links import link_among
from deckwright.model import FormatOptions, PageDiagnostic

if TYPE_CHECKING:
    from deckwright.formats.pptx.file import Presentation

_SCALE = 2.0
"""Pixels of a picture per pixel of its slide: sharp on a screen of 2560 pixels."""


def presentation_of(
    rendering: DeckRendering, lecture: Lecture, path: str, pages: Sequence[int]
) -> Presentation:
    """Return the presentation of these pages of a deck, counted from 0, for a file at this path."""
    from deckwright.formats.pptx.file import PptxSlide, Presentation

    contents, pictures = rendering.contents(path), [*rendering.pictures(_SCALE)]
    slides = (
        PptxSlide(
            pictures[page],
            title=contents.slides[page].title,
            text=contents.slides[page].text,
            notes=plain_text(rendering.notes[page], rendering.math),
            links=tuple(filter(None, (link_among(link, pages) for link in contents.slides[page].links))),
        )
        for page in pages
    )
    return Presentation(
        contents.width,
        contents.height,
        tuple(slides),
        title=lecture.deck.title,
        author=rendering.author,
        subject=rendering.description,
        keywords=tuple(rendering.keywords),
    )


def _files(lecture: Lecture) -> tuple[str]:
    return (f"pptx/{lecture.name}.pptx",)


def _make(rendering: DeckRendering, lecture: Lecture, options: FormatOptions) -> Made:
    from deckwright.formats.pptx.file import presentation_file

    (path,) = _files(lecture)
    pages = lecture.last_pages if options.steps == LAST else tuple(range(len(rendering.notes)))
    presentation = presentation_of(rendering, lecture, path, pages)
    made = Made({}, len(pages), misfits=rendering.misfits())
    if options.editable:
        from deckwright.formats.pptx.editable import editable

        result = editable(rendering, pages, presentation, _SCALE)
        presentation = result.presentation
        found = tuple(_not_editable(lecture, pages[place]) for place in result.differing)
        made = replace(made, diagnostics=found, summary=result.summary)
    return replace(made, files={path: presentation_file(presentation)})


def _not_editable(lecture: Lecture, page: int) -> PageDiagnostic:
    message = "this slide stays a picture in the PPTX: LibreOffice draws its texts differently"
    line = lecture.slides[page].line
    return PageDiagnostic("not-editable", message, line=lecture.expanded.lines.index(line) + 1)


def _sources(lecture: Lecture) -> str:
    from importlib.metadata import version  # takes 40 ms to import

    return version("python-pptx")


def _require(options: FormatOptions) -> None:
    if options.editable:
        find_libreoffice()


PPTX = Format(
    "pptx",
    _files,
    _make,
    packages=("pptx",),
    options=("steps", "editable"),
    sources=_sources,
    require=_require,
)
