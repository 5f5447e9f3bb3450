"""Files of presentations, as python-pptx reads them."""

from __future__ import annotations

import re
from dataclasses import replace
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pptx import Presentation as read

from deckwright.formats.pptx.file import PptxSlide, Presentation, presentation_file
from deckwright.model import Box, SlideLink
from support.pictures import png

PICTURE = png(4, 3)
BOX = Box(96, 48, 192, 72)
TWO = Presentation(
    1280,
    720,
    (
        PptxSlide(
            PICTURE,
            "第 1 讲",
            "第 1 讲\nx = 1",
            "say <hello>\nand wait",
            (SlideLink("next", (BOX,), slide=2),),
        ),
        PptxSlide(PICTURE, links=(SlideLink("a page", (BOX, BOX), "https://example.org/?a=1&b=2"),)),
    ),
    title="A & B",
    author="王老师",
    subject="about",
    keywords=("one", "two"),
)


def opened(presentation: Presentation) -> Any:
    return read(BytesIO(presentation_file(presentation)))


def described(shape: Any) -> str:
    return str(shape._element.xpath("./*/p:cNvPr")[0].get("descr"))


def test_a_picture_fills_each_slide() -> None:
    file = opened(TWO)
    assert (file.slide_width.inches, file.slide_height.inches) == pytest.approx((1280 / 96, 7.5))
    pictures = [next(shape for shape in slide.shapes if shape.shape_type == 13) for slide in file.slides]
    sizes = {(each.left, each.top, each.width, each.height) for each in pictures}
    assert sizes == {(0, 0, file.slide_width, file.slide_height)}
    assert [each.image.blob for each in pictures] == [PICTURE, PICTURE]
    assert [described(each) for each in pictures] == ["第 1 讲\nx = 1", ""]


def test_the_title_is_above_the_slide_and_read_first() -> None:
    first, second = opened(TWO).slides
    assert first.shapes[0] == first.shapes.title
    assert first.shapes.title.text_frame.text == "第 1 讲"
    assert first.shapes.title.top + first.shapes.title.height <= 0
    assert second.shapes.title is None
    assert not list(second.placeholders)


def test_notes_are_in_the_pane_of_their_slide() -> None:
    first, second = opened(TWO).slides
    assert first.notes_slide.notes_text_frame.text == "say <hello>\nand wait"
    assert not second.has_notes_slide


def test_links_can_be_clicked_where_they_are() -> None:
    first, second = opened(TWO).slides
    (inner,) = (shape for shape in first.shapes if shape.name == "Link")
    assert inner.click_action.target_slide == second
    assert [side.pt for side in (inner.left, inner.top, inner.width, inner.height)] == [72, 36, 72, 18]
    assert described(inner) == "next"
    outer = [shape for shape in second.shapes if shape.name == "Link"]
    assert [each.click_action.hyperlink.address for each in outer] == ["https://example.org/?a=1&b=2"] * 2
    for link in (inner, *outer):
        (alpha,) = link._element.iter("{*}alpha")
        assert alpha.get("val") == "0"


def test_a_link_that_powerpoint_cannot_read_is_left_out() -> None:
    link = SlideLink("long", (BOX,), "https://example.org/" + "a" * 2100)
    (slide,) = opened(Presentation(1280, 720, (PptxSlide(PICTURE, links=(link,)),))).slides
    assert [shape.name for shape in slide.shapes] == ["Slide"]


def test_the_properties_of_the_document() -> None:
    known = opened(TWO).core_properties
    assert (known.title, known.author, known.subject, known.keywords) == (
        "A & B",
        "王老师",
        "about",
        "one, two",
    )
    assert known.created == known.modified
    assert known.comments == ""


def test_the_same_slides_give_the_same_bytes() -> None:
    data = presentation_file(TWO)
    assert data == presentation_file(TWO)
    with ZipFile(BytesIO(data)) as file:
        assert {info.date_time for info in file.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert not re.search("thumbnail|printer|app.xml", " ".join(file.namelist()))


@pytest.mark.parametrize(
    ("width", "height", "inches"),
    [
        (1280, 720, (1280 / 96, 7.5)),
        (960, 720, (10, 7.5)),
        (48, 96, (1, 2)),
        (10752, 1000, (56, 1000 * 56 / 10752)),
    ],
)
def test_slides_have_a_size_that_powerpoint_opens(
    width: int, height: int, inches: tuple[float, float]
) -> None:
    file = opened(replace(TWO, width=width, height=height))
    assert (file.slide_width.inches, file.slide_height.inches) == pytest.approx(inches, rel=1e-4)


def test_layouts_fit_the_slides() -> None:
    file = opened(TWO)
    for part in (file.slide_master, *file.slide_layouts):
        for place in part.placeholders:
            assert 0 <= place.left <= place.left + place.width <= file.slide_width
            assert 0 <= place.top <= place.top + place.height <= file.slide_height


ANY = st.text(st.characters(exclude_categories=["Cs"]))


@given(title=ANY, text=ANY, notes=ANY)
def test_any_text_gives_a_file_that_can_be_read(title: str, text: str, notes: str) -> None:
    link = SlideLink(text, (BOX,), "https://example.org/" + title)
    slide = PptxSlide(PICTURE, title, text, notes, (link,))
    made = opened(Presentation(1280, 720, (slide,), title, text, notes, (title, text)))
    assert len(made.slides) == 1
