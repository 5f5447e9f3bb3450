"""Links of slides in a presentation that leaves out some of them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from deckwright.model import SlideBlocks, SlideLink, TextBlock, TextLine, TextParagraph, TextRun


def link_among(link: SlideLink, pages: Sequence[int]) -> SlideLink | None:
    """Return a link whose slide is counted among these pages, which are counted from 0.

    One to a page that is left out leads to the next; None where there is none.
    """
    place = bisect_left(pages, link.slide - 1) if link.slide else -1
    return replace(link, slide=place + 1) if place < len(pages) else None


def blocks_among(blocks: SlideBlocks, pages: Sequence[int]) -> SlideBlocks:
    """Return blocks whose links are counted among these pages.

    Programs underline all text that leads somewhere: what is not underlined leads nowhere.
    """

    def run(each: TextRun) -> TextRun:
        leads = each.link and each.underline == "solid"
        return replace(each, link=link_among(each.link, pages) if each.link and leads else None)

    def line(each: TextLine) -> TextLine:
        return replace(each, runs=tuple(map(run, each.runs)))

    def paragraph(each: TextParagraph) -> TextParagraph:
        return replace(each, lines=tuple(map(line, each.lines)))

    def text(each: TextBlock) -> TextBlock:
        return replace(each, paragraphs=tuple(map(paragraph, each.paragraphs)))

    return replace(blocks, texts=tuple(map(text, blocks.texts)))


def leads_in(text: TextBlock, link: SlideLink) -> bool:
    """Whether letters of a text lead where a link leads."""
    led = ((run.link.address, run.link.slide) for run in text.runs if run.link)
    return (link.address, link.slide) in led
