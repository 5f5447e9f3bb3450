"""Comparing pictures: whether a place of a slide looks the same when another program has drawn it."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import TYPE_CHECKING

from deckwright.model import Box

if TYPE_CHECKING:
    from PIL.Image import Image

REACH = 3
"""Pixels by which letters may be elsewhere."""
_TOLERATED = 48
"""Differences of a channel (0 to 255) up to this are ignored, as edges are smoothed differently."""
_MOST_DIFFERENT = 0.01
"""The part of a place's pixels, of those that are not its ground, that may differ."""
_SHARP = 2
"""Pages are drawn so much larger first: edges are smoothed, as those of the slide are."""
_LEAST_INKED = 60
"""Pixels; a place with less is judged as if it had so many."""


def picture_of(data: bytes, width: int, height: int) -> Image:
    """Return a picture of a slide, of this size."""
    from PIL.Image import Resampling, open

    with open(BytesIO(data)) as picture:
        whole = picture.convert("RGB")
    return whole if whole.size == (width, height) else whole.resize((width, height), Resampling.BOX)


def pages_of(pdf: bytes, width: int, height: int) -> Iterator[Image]:
    """Yield a picture of each page, of this size."""
    from PIL.Image import Resampling
    from pypdfium2 import PdfDocument

    with PdfDocument(pdf) as document:
        for page in document:
            drawn: Image = page.render(scale=_SHARP * width / page.get_width()).to_pil().convert("RGB")
            yield drawn.resize((width, height), Resampling.BOX)


def is_alike(slide: Image, drawn: Image, box: Box | None = None) -> bool:
    """Whether a place of two pictures, or the whole, looks the same.

    Each pixel of one has its like near it in the other, but for a few.
    """
    if box:
        place = _around(box, slide)
        slide, drawn = slide.crop(place), drawn.crop(place)
    different = _unlike(slide, drawn) + _unlike(drawn, slide)
    return different <= _MOST_DIFFERENT * max(_LEAST_INKED, _inked(slide))


def _around(box: Box, picture: Image) -> tuple[int, int, int, int]:
    more = 2 * REACH
    left, top = max(0, int(box.left) - more), max(0, int(box.top) - more)
    right, bottom = min(picture.width, int(box.right) + more), min(picture.height, int(box.bottom) + more)
    return left, top, max(right, left + 1), max(bottom, top + 1)


def _unlike(picture: Image, other: Image) -> int:
    """Return how many pixels of a picture are not, or nearly, between those around them in the other one."""
    from PIL import ImageChops

    above = ImageChops.subtract(picture, _around_each(other, lightest=True))
    below = ImageChops.subtract(_around_each(other, lightest=False), picture)
    return _more(ImageChops.lighter(above, below))


def _inked(picture: Image) -> int:
    """Return how many pixels differ from their surroundings: letters, and edges."""
    from PIL import ImageChops

    return _more(ImageChops.subtract(_around_each(picture, lightest=True), picture))


def _around_each(picture: Image, lightest: bool) -> Image:
    """Return, for each pixel and channel, the lightest or darkest value within reach.

    The same as Pillow's MaxFilter and MinFilter, which take eight times as long.
    """
    from PIL import ImageChops, ImageOps

    choose, edge = (ImageChops.lighter, 0) if lightest else (ImageChops.darker, 255)
    spread = ImageOps.expand(picture, REACH, (edge,) * 3)
    for across, down in ((1, 0), (0, 1)):
        for step in (1, 2, 3):  # of two pixels, then of four, then of seven
            spread = choose(spread, ImageChops.offset(spread, -step * across, -step * down))
    return spread.crop((0, 0, *picture.size))


def _more(difference: Image) -> int:
    """Return how many pixels differ by more than what is tolerated."""
    from PIL import ImageChops

    red, green, blue = difference.split()
    most = ImageChops.lighter(ImageChops.lighter(red, green), blue)
    return sum(most.histogram()[_TOLERATED + 1 :])
