"""Which differences of pictures are seen."""

from __future__ import annotations

import pytest
from PIL import Image, ImageDraw
from PIL.ImageFilter import MaxFilter, MinFilter

from deckwright.formats.pptx.compare import _around_each, is_alike, picture_of
from deckwright.model import Box
from support.pictures import png

WORD = Box(40, 40, 200, 60)


def drawn(
    *, left: int = 40, colour: str = "#202020", ground: str = "#ffffff", letters: int = 16
) -> Image.Image:
    """A picture with something like a word: strokes with room between them."""
    picture = Image.new("RGB", (320, 120), ground)
    pen = ImageDraw.Draw(picture)
    for letter in range(letters):
        pen.rectangle((left + 10 * letter, 42, left + 10 * letter + 2, 58), fill=colour)
    return picture


@pytest.mark.parametrize(
    ("other", "alike"),
    [
        (drawn(), True),
        (drawn(left=42), True),
        (drawn(left=46), False),
        (drawn(letters=15), False),
        (drawn(letters=17), False),
        (drawn(colour="#303030"), True),
        (drawn(colour="#c02020"), False),
        (drawn(ground="#eeeeee"), True),
        (drawn(ground="#c0c0ff"), False),
    ],
    ids=range(9),
)
def test_a_place_is_alike(other: Image.Image, alike: bool) -> None:
    assert is_alike(drawn(), other, WORD) is is_alike(drawn(), other) is alike


def test_what_is_elsewhere_does_not_count() -> None:
    other = drawn()
    ImageDraw.Draw(other).rectangle((250, 90, 300, 110), fill="black")
    assert is_alike(drawn(), other, WORD)
    assert not is_alike(drawn(), other)


def test_pictures_are_compared_in_one_size() -> None:
    assert picture_of(png(200, 100), 100, 50).size == (100, 50)


@pytest.mark.parametrize(("lightest", "filter"), [(True, MaxFilter(7)), (False, MinFilter(7))])
def test_what_is_around_each_pixel(lightest: bool, filter: MaxFilter | MinFilter) -> None:
    picture = drawn()
    inner = (3, 3, picture.width - 3, picture.height - 3)
    assert (
        _around_each(picture, lightest).crop(inner).tobytes() == picture.filter(filter).crop(inner).tobytes()
    )
