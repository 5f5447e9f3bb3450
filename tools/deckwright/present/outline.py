"""The outline of a deck for its speaker: the slide of each page, its title, its notes, how long it takes."""

from __future__ import annotations

from collections.abc import Iterator

from deckwright.formats.notes import SlideNotes, read_notes
from deckwright.model import Deck, Slide
from deckwright.text.fences import built_slides


def outline_of(deck: Deck, expanded: Deck) -> tuple[SlideNotes, ...]:
    """Return what is said on each page of a deck; `expanded` is what was built of it, which has these pages.

    A slide with highlight steps has several pages, of one number. If the deck was edited since, each page
    counts.
    """
    sources = built_slides(deck)
    slides = sources if len(sources) == len(expanded.slides) else expanded.slides
    return tuple(
        read_notes(slide.number, page.title, "\n\n".join(_comments(expanded, page)))
        for slide, page in zip(slides, expanded.slides, strict=True)
    )


def _comments(deck: Deck, slide: Slide) -> Iterator[str]:
    for note in deck.notes:
        if slide.start <= note.start < slide.end:
            yield deck.text[note.start : note.end].removeprefix("<!--").removesuffix("-->").strip("- \n")
