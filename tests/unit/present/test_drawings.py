"""Strokes of the pen in a PDF."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader, PdfWriter
from pypdfium2 import PdfDocument

from deckwright.present.drawings import read_strokes, with_strokes

SQUARE = [[100, 100], [300, 100], [300, 300], [100, 300]]
RED = {"pages": [1], "colour": "#ff0000", "outline": SQUARE}


def blank_pdf(pages: int) -> bytes:
    """Return pages of the size of a slide, on paper: a CSS pixel is 3/4 of a point."""
    writer = PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(1280 * 0.75, 720 * 0.75)
    file = BytesIO()
    writer.write(file)
    return file.getvalue()


def colour_at(pdf: bytes, page: int, x: int, y: int) -> tuple[int, ...]:
    """Return the colour at a place of a slide, in its pixels."""
    picture = PdfDocument(pdf)[page].render(scale=4 / 3).to_pil()
    assert picture.size == (1280, 720)
    pixel: Any = picture.getpixel((x, y))
    return tuple(pixel)


def test_a_stroke_is_where_it_was_drawn_and_on_its_pages_alone() -> None:
    green = {**RED, "pages": [1, 2], "colour": "#00ff00", "outline": [[x + 600, y + 300] for x, y in SQUARE]}
    drawn = with_strokes(blank_pdf(3), read_strokes([RED, green]), 1280)
    assert [colour_at(drawn, page, 200, 200) for page in range(3)] == [
        (255, 255, 255),
        (255, 0, 0),
        (255, 255, 255),
    ]
    assert [colour_at(drawn, page, 800, 500) for page in range(3)] == [
        (255, 255, 255),
        (0, 255, 0),
        (0, 255, 0),
    ]
    # It bends at the corners: the middles of the sides are on it, and the corners are not.
    assert colour_at(drawn, 1, 200, 102) == (255, 0, 0)
    assert colour_at(drawn, 1, 104, 104) == (255, 255, 255)


def test_what_was_on_a_page_stays_as_it_was() -> None:
    once = with_strokes(blank_pdf(2), read_strokes([RED]), 1280)
    blue = {**RED, "colour": "#0000ff", "outline": [[x + 600, y] for x, y in SQUARE]}
    twice = with_strokes(once, read_strokes([blue]), 1280)
    assert colour_at(twice, 1, 200, 200) == (255, 0, 0)
    assert colour_at(twice, 1, 800, 200) == (0, 0, 255)
    assert len(PdfReader(BytesIO(twice)).pages) == 2


@pytest.mark.parametrize(
    "wrong",
    [
        None,
        {},
        [1],
        [{}],
        [{**RED, "colour": "red"}],
        [{**RED, "colour": "#ff0000 0 0 1 rg"}],
        [{**RED, "outline": [[1, "Q"]]}],
        [{**RED, "outline": [[1, 2, 3]]}],
        [{**RED, "outline": [[1e999, 2]]}],
        [{**RED, "pages": ["x"]}],
        [{**RED, "pages": 1}],
    ],
)
def test_what_is_no_stroke_is_refused(wrong: Any) -> None:
    with pytest.raises(ValueError, match=r"stroke|colour"):
        read_strokes(wrong)
