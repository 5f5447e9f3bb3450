"""What each slide of a PPTX is made of."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from deckwright.formats.pptx import PPTX, presentation_of
from deckwright.model import Box, DeckContents, FormatOptions, SlideContents, SlideLink
from support.fakes import FakeRendering
from support.lecture import lecture_of
from support.pictures import png

STEPS = '# 一\n\n---\n\n# 二\n\n```python no-exec="a sketch" {1|2}\na\nb\n```\n\n---\n\n# 三\n'
LECTURE = lecture_of("slides/part/a.md", STEPS)
BOXES = (Box(0, 0, 10, 10),)


@dataclass(frozen=True)
class Shown(FakeRendering):
    notes: tuple[str, ...] = ("*hello*", "", "", "- bye")  # type: ignore[assignment]
    links: tuple[SlideLink, ...] = ()
    """Of the first slide."""

    def contents(self, path: str) -> DeckContents:
        assert path == "pptx/part/a.pptx"
        titles = ("一", "二", "二", "三")
        slides = [SlideContents(title, f"{title} {n}") for n, title in enumerate(titles)]
        slides[0] = SlideContents("一", "一 0", self.links)
        return DeckContents(960, 720, tuple(slides))


def shown(*links: SlideLink) -> Shown:
    pictures = [png(1, 1) + str(number).encode() for number in range(4)]
    return Shown(b"", pictures, author="A", description="D", keywords=("k",), links=links)


def test_each_step_is_a_slide() -> None:
    made = presentation_of(shown(), LECTURE, "pptx/part/a.pptx", range(4))
    assert [slide.title for slide in made.slides] == ["一", "二", "二", "三"]
    assert [slide.text for slide in made.slides] == ["一 0", "二 1", "二 2", "三 3"]
    assert [slide.notes for slide in made.slides] == ["hello", "", "", "- bye"]
    assert all(slide.picture.endswith(b"%d at 2.0" % n) for n, slide in enumerate(made.slides))
    assert (made.width, made.height) == (960, 720)
    assert (made.title, made.author, made.subject, made.keywords) == ("一", "A", "D", ("k",))


def test_only_last_steps_where_they_are_wanted() -> None:
    made = presentation_of(shown(), LECTURE, "pptx/part/a.pptx", LECTURE.last_pages)
    assert [slide.text for slide in made.slides] == ["一 0", "二 2", "三 3"]


@pytest.mark.parametrize(("target", "place"), [(1, 1), (2, 2), (3, 2), (4, 3)])
def test_a_link_to_a_step_that_is_left_out_leads_to_the_last_one(target: int, place: int) -> None:
    rendering = shown(SlideLink("there", BOXES, slide=target))
    made = presentation_of(rendering, LECTURE, "pptx/part/a.pptx", LECTURE.last_pages)
    assert made.slides[0].links == (SlideLink("there", BOXES, slide=place),)


def test_addresses_stay() -> None:
    link = SlideLink("there", BOXES, "b.pptx")
    made = presentation_of(shown(link), LECTURE, "pptx/part/a.pptx", LECTURE.last_pages)
    assert made.slides[0].links == (link,)


@pytest.mark.parametrize(("steps", "slides"), [("all", 4), ("last", 3)])
def test_the_file(steps: str, slides: int) -> None:
    made = PPTX.make(shown(), LECTURE, FormatOptions(steps=steps))
    assert list(made.files) == ["pptx/part/a.pptx"]
    assert made.pages == slides
