"""Which slides are editable: those that another program, which is a fake here, draws as they are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO

import pytest
from PIL import Image, ImageDraw
from pptx import Presentation as read

from deckwright.formats.pptx import PPTX, editable
from deckwright.formats.pptx.file import PptxSlide, Presentation
from deckwright.model import (
    Box,
    FormatOptions,
    PictureBlock,
    SlideBlocks,
    SlideLink,
    TextBlock,
    TextLine,
    TextParagraph,
    TextRun,
)
from support.fakes import FakeRendering
from support.lecture import lecture_of

SIZE = (320, 180)
UPPER, LOWER, PICTURE = Box(20, 20, 120, 40), Box(20, 60, 120, 80), Box(200, 60, 260, 120)


LINK = SlideLink("", (), "a.pptx")


def text_at(box: Box, words: str, underline: str) -> TextBlock:
    line = TextLine(
        box.left,
        box.top,
        box.right,
        box.bottom,
        box.bottom - 4,
        (TextRun(words, "Noto Sans SC", 16, underline=underline, link=LINK),),
    )
    return TextBlock(box, (TextParagraph((line,)),))


BLOCKS = SlideBlocks(
    (text_at(UPPER, "upper", "solid"), text_at(LOWER, "lower", "dotted")),
    (PictureBlock(PICTURE, "a chart"),),
    others=1,
)


def painted(*boxes: Box) -> bytes:
    """A slide with something in these boxes, twice as large."""
    picture = Image.new("RGB", (2 * SIZE[0], 2 * SIZE[1]), "white")
    pen = ImageDraw.Draw(picture)
    for box in boxes:
        for left in range(int(box.left), int(box.right), 10):
            pen.rectangle((2 * left, 2 * box.top + 8, 2 * left + 5, 2 * box.bottom - 8), fill="black")
    written = BytesIO()
    picture.save(written, "PNG")
    return written.getvalue()


@dataclass(frozen=True)
class Rendering(FakeRendering):
    def blocks(self) -> Sequence[SlideBlocks]:
        return [BLOCKS, SlideBlocks()]

    def pictures(self, scale: float = 1.0, slides: int | None = None, grounds: bool = False) -> list[bytes]:  # type: ignore[override]
        boxes = () if grounds else (UPPER, LOWER, PICTURE)
        return [painted(*boxes), painted()]


@dataclass
class Program:
    """Draws files, and some of their texts elsewhere."""

    misplaced: set[str]
    shown: list[list[str]]
    """The texts of each slide that it drew."""
    has_more: bool = False
    """Whether it draws something that is on no slide, where no shape is."""

    def pages(self, file: bytes, width: int, height: int) -> Iterator[Image.Image]:
        for slide in read(BytesIO(file)).slides:
            ground, *shapes = slide.shapes
            page = Image.open(BytesIO(ground.image.blob)).convert("RGB").resize((width, height))
            texts = list[str]()
            for shape in shapes:
                words = shape.text_frame.text if shape.has_text_frame else ""
                left, top = (round(side / 9525) for side in (shape.left, shape.top))
                if words:
                    box = UPPER if words == "upper" else LOWER
                    own = Image.open(BytesIO(painted(box))).resize((width, height))
                    place = (int(box.left), int(box.top), int(box.right), int(box.bottom))
                    page.paste(own.crop(place), (left + 15 * (words in self.misplaced), place[1]))
                    texts.append(words)
                elif shape.name == "Picture":
                    own = Image.open(BytesIO(shape.image.blob))
                    page.paste(own.resize((own.width // 2, own.height // 2)), (left, top))
            if self.has_more and texts:
                ImageDraw.Draw(page).rectangle((20, 140, 120, 160), fill="red")
            self.shown.append(texts)
            yield page


@pytest.fixture
def program(monkeypatch: pytest.MonkeyPatch) -> Program:
    drawing = Program(set(), [])
    monkeypatch.setattr(editable, "pdf_of", lambda file, fonts: file)
    monkeypatch.setattr(editable, "pages_of", drawing.pages)
    monkeypatch.setattr("deckwright.formats.pptx.find_libreoffice", lambda: None)
    return drawing


LINKS = tuple(
    SlideLink(name, (box,), "a.pptx")
    for name, box in (("upper", UPPER), ("lower", LOWER), ("chart", PICTURE))
)


def made() -> editable.Editable:
    slides = (PptxSlide(painted(UPPER, LOWER, PICTURE), text="all", links=LINKS), PptxSlide(painted()))
    return editable.editable(Rendering(b""), [0, 1], Presentation(*SIZE, slides), 2.0)


def words(slide: PptxSlide) -> list[str]:
    return ["".join(run.text for run in block.runs) for block in slide.texts]


def test_what_looks_the_same_is_shapes(program: Program) -> None:
    result = made()
    first, second = result.presentation.slides
    assert words(first) == ["upper", "lower"]
    assert [clip.alt for clip in first.clips] == ["a chart"]
    assert Image.open(BytesIO(first.picture)).convert("L").getextrema() == (255, 255)
    assert [link.text for link in first.links] == ["lower", "chart"]
    assert second == PptxSlide(painted())
    assert result.summary == "1 of 2 slides and 2 of 3 texts can be edited; fonts: Noto Sans SC"
    assert [*result.differing] == []
    assert program.shown == [["upper", "lower"], []]


def test_what_looks_different_is_behind_the_others(program: Program) -> None:
    program.misplaced = {"lower"}
    result = made()
    first = result.presentation.slides[0]
    assert words(first) == ["upper"]
    behind = Image.open(BytesIO(first.picture)).convert("L").resize(SIZE)
    inked = [
        behind.crop((int(b.left), int(b.top), int(b.right), int(b.bottom))).getextrema()[0]
        for b in (UPPER, LOWER)
    ]
    assert inked == [255, 0]
    assert program.shown == [["upper", "lower"], [], ["upper"], []]


def test_a_slide_without_texts_that_look_the_same_is_the_picture(program: Program) -> None:
    program.misplaced = {"upper", "lower"}
    result = made()
    assert result.presentation.slides[0].picture == painted(UPPER, LOWER, PICTURE)
    assert result.presentation.slides[0].clips == ()
    assert [*result.differing] == [0]
    assert result.summary == "0 of 2 slides and 0 of 3 texts can be edited"


def test_a_slide_that_differs_as_a_whole_is_the_picture(program: Program) -> None:
    program.has_more = True
    result = made()
    assert result.presentation.slides[0].texts == ()
    assert [*result.differing] == [0]


def test_the_build_says_which_slides_are_pictures(program: Program) -> None:
    program.misplaced = {"upper", "lower"}
    lecture = lecture_of("slides/a.md", "# A\n\n---\n\n# B\n")
    made = PPTX.make(Rendering(b"", [b"", b""]), lecture, FormatOptions(editable=True))
    (diagnostic,) = made.diagnostics
    assert (diagnostic.slug, diagnostic.line) == ("not-editable", 1)
    assert made.summary.startswith("0 of 2 slides")
