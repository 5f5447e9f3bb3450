"""Links in texts of a presentation."""

from __future__ import annotations

import pytest

from deckwright.formats.pptx.links import blocks_among, leads_in
from deckwright.model import Box, SlideBlocks, SlideLink, TextBlock, TextLine, TextParagraph, TextRun


def linked(link: SlideLink, underline: str = "solid") -> SlideBlocks:
    runs = (TextRun("a", "x", 20, underline=underline, link=link),)
    return SlideBlocks((TextBlock(Box(0, 0, 9, 9), (TextParagraph((TextLine(0, 0, 9, 9, 8, runs),)),)),))


@pytest.mark.parametrize(("slide", "place"), [(1, 1), (2, 2), (3, 2), (4, None)])
def test_slides_are_counted_among_those_that_are_there(slide: int, place: int | None) -> None:
    (text,) = blocks_among(linked(SlideLink("", (), slide=slide)), [0, 2]).texts
    (run,) = text.runs
    assert (run.link and run.link.slide) == place


def test_text_that_is_not_underlined_leads_nowhere() -> None:
    link = SlideLink("", (), "https://example.org/")
    found = {line: blocks_among(linked(link, line), [0]).texts[0] for line in ("solid", "dotted", "")}
    assert {line: leads_in(text, link) for line, text in found.items()} == {
        "solid": True,
        "dotted": False,
        "": False,
    }
    assert not leads_in(found["solid"], SlideLink("", (), "https://example.com/"))
