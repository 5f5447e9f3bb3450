"""Blocks of text as text boxes: one per block, with the lines of the slide."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from typing import Any

import pytest
from pptx import Presentation as read

from deckwright.formats.pptx.file import Clip, PptxSlide, Presentation, presentation_file
from deckwright.formats.pptx.text_boxes import box_of, stacks_of
from deckwright.model import Box, ListMarker, SlideLink, TextBlock, TextLine, TextParagraph, TextRun
from support.pictures import png

RUN = TextRun("one", "Noto Sans SC", 20, space=5)
BELOW = 4
"""Pixels by which a line of such letters reaches below its base."""


def line(text: str, base: float, left: float = 10, **look: Any) -> TextLine:
    runs = (replace(RUN, text=text, **look),) if text else ()
    return TextLine(left, base - 16, left + 10 * len(text), base + 8, base, runs)


def block(*paragraphs: TextParagraph, heading: bool = False) -> TextBlock:
    return TextBlock(Box(10, 20, 200, 90), paragraphs, heading)


def shapes(*blocks: TextBlock, slide: PptxSlide | None = None) -> list[Any]:
    """The shapes on a slide of 1280 by 720 pixels, without the picture behind."""
    slide = replace(slide or PptxSlide(png(4, 3)), texts=blocks)
    file = read(BytesIO(presentation_file(Presentation(1280, 720, (slide, PptxSlide(png(4, 3)))))))
    return [shape for shape in file.slides[0].shapes if shape.name not in ("Slide", "Background")]


def test_lines_that_are_equally_far_apart_are_one_paragraph() -> None:
    whole = block(TextParagraph((line("one", 40), line("two", 70), line("three", 100))))
    (stack,) = stacks_of(whole, box_of(whole).top)
    assert (len(stack.lines), stack.pitch, stack.before) == (3, 30, 0)
    assert box_of(whole).top == 40 + BELOW - 30


@pytest.mark.parametrize(
    ("last", "pitch"), [(line("two", 75), 15), (line("two", 64, left=30), 24), (line("two", 64, size=40), 24)]
)
def test_other_lines_are_paragraphs_of_the_same_box(last: TextLine, pitch: float) -> None:
    before = (line("zero", 30), line("one", 60)) if last.base == 75 else (line("one", 40),)
    whole = block(TextParagraph((*before, last)))
    first, second = stacks_of(whole, box_of(whole).top)
    assert (len(first.lines), second.pitch) == (len(before), pitch)
    end = first.lines[-1].base + BELOW
    assert end + second.before + second.pitch == last.base + 0.2 * last.runs[0].size


def test_an_empty_line_of_code_stays_in_its_paragraph() -> None:
    whole = block(TextParagraph((line("one", 40), line("", 70), line("two", 100, left=10))))
    (stack,) = stacks_of(whole, box_of(whole).top)
    assert len(stack.lines) == 3


def test_a_block_is_one_box_with_its_lines() -> None:
    (box,) = shapes(
        block(TextParagraph((line("one", 40), line("two", 70))), TextParagraph((line("x", 120),)))
    )
    assert [p.text for p in box.text_frame.paragraphs] == ["one\vtwo", "x"]
    assert not box.text_frame.word_wrap
    first, second = box.text_frame.paragraphs
    assert first.line_spacing.pt == 30 * 0.75
    assert second.space_before.pt == (120 - 70 - 24) * 0.75
    assert box.top / 9525 == 40 + BELOW - 30


def test_runs_have_the_look_of_the_page() -> None:
    look = {"weight": 700, "italic": True, "colour": "#12ab34", "alpha": 0.5, "underline": "dotted"}
    (box,) = shapes(block(TextParagraph((line("one", 40, **look),))))
    (run,) = box.text_frame.paragraphs[0].runs
    assert run._r.xpath("string(a:rPr/@lang)") == "en-US"
    font = run.font
    assert (font.name, font.size.pt, font.bold, font.italic) == ("Noto Sans SC", 15, True, True)
    assert str(font.color.rgb) == "12AB34"
    assert run._r.xpath("string(.//a:alpha/@val)") == "50000"
    assert run._r.xpath("string(a:rPr/@u)") == "dotted"
    assert run._r.xpath("string(a:rPr/a:ea/@typeface)") == "Noto Sans SC"


@pytest.mark.parametrize(("gap", "spaces", "size"), [(0.2, 0, 0), (2.5, 1, 7.5), (5, 1, 15), (12, 3, 12)])
def test_a_gap_is_spaces_of_its_width(gap: float, spaces: int, size: float) -> None:
    both = replace(line("one", 40), runs=(replace(RUN, gap=gap), RUN))
    (box,) = shapes(block(TextParagraph((both,))))
    runs = box.text_frame.paragraphs[0].runs
    assert "".join(run.text for run in runs) == f"one{' ' * spaces}one"
    assert spaces == 0 or runs[1].font.size.pt == size


@pytest.mark.parametrize(("size", "points"), [(0.5, 1), (40, 30), (9999, 4000)])
def test_letters_have_sizes_that_powerpoint_opens(size: float, points: float) -> None:
    (box,) = shapes(block(TextParagraph((line("one", 40, size=size),))))
    assert box.text_frame.paragraphs[0].runs[0].font.size.pt == points


@pytest.mark.parametrize(("number", "kind"), [(0, "buChar"), (3, "buAutoNum")])
def test_items_have_markers(number: int, kind: str) -> None:
    marker = ListMarker("3." if number else "•", 4, "#ff0000", "Noto Sans SC", number)
    items = (TextParagraph((line("one", 40),), marker=marker), TextParagraph((line("two", 70),)))
    (box,) = shapes(replace(block(*items), box=Box(4, 20, 90, 90)))
    first, second = (p._p.pPr for p in box.text_frame.paragraphs)
    assert first.xpath(f"count(a:{kind})") == second.xpath("count(a:buNone)") == 1
    assert (first.get("marL"), first.get("indent")) == (str(6 * 9525), str(-6 * 9525))


@pytest.mark.parametrize(("align", "said"), [("start", "l"), ("center", "ctr"), ("right", "r")])
def test_lines_are_aligned_as_on_the_page(align: str, said: str) -> None:
    (box,) = shapes(block(TextParagraph((line("one", 40), line("two", 70)), align)))
    assert box.text_frame.paragraphs[0]._p.pPr.get("algn") == said


def test_the_heading_is_the_title() -> None:
    text = block(TextParagraph((line("Hello", 40),)), heading=True)
    (title,) = shapes(text, slide=PptxSlide(png(4, 3), "Hello"))
    assert title.is_placeholder
    assert title.text_frame.text == "Hello"
    assert title.top > 0


def test_a_heading_of_several_lines_has_a_box_besides_the_title() -> None:
    text = block(TextParagraph((line("Hello", 40), line("you", 80))), heading=True)
    title, box = shapes(text, slide=PptxSlide(png(4, 3), "Hello you"))
    assert title.top < 0
    assert box.text_frame.text == "Hello\vyou"


def test_links_are_in_the_text() -> None:
    runs = (
        replace(RUN, link=SlideLink("", (), "https://example.org/?a=1&b=2")),
        replace(RUN, link=SlideLink("", (), slide=2)),
        replace(RUN, link=SlideLink("", (), "https://example.org/" + "a" * 3000)),
    )
    (box,) = shapes(block(TextParagraph((replace(line("one", 40), runs=runs),))))
    first, second, third = box.text_frame.paragraphs[0].runs
    assert first.hyperlink.address == "https://example.org/?a=1&b=2"
    assert second._r.xpath("string(.//a:hlinkClick/@action)") == "ppaction://hlinksldjump"
    assert third.hyperlink.address is None


def test_texts_are_in_the_language_of_the_slide() -> None:
    slide = PptxSlide(png(4, 3), language="zh-CN")
    (box,) = shapes(block(TextParagraph((line("one", 40),))), slide=slide)
    assert box._element.xpath("string(.//a:rPr/@lang)") == "zh-CN"


def test_what_is_behind_needs_no_description() -> None:
    slide = replace(PptxSlide(png(4, 3)), texts=(block(TextParagraph((line("one", 40),))),))
    ground = read(BytesIO(presentation_file(Presentation(1280, 720, (slide,))))).slides[0].shapes[0]
    assert ground.name == "Background"
    assert ground._element.xpath("count(.//*[local-name()='decorative'][@val='1'])") == 1


def test_pictures_are_shapes_with_descriptions() -> None:
    slide = PptxSlide(png(4, 3), clips=(Clip(png(2, 2), Box(10, 20, 30, 40), "a chart"),))
    (picture,) = shapes(slide=slide)
    assert picture._element.xpath("string(.//p:cNvPr/@descr)") == "a chart"
    assert (picture.left, picture.width) == (10 * 9525, 20 * 9525)
