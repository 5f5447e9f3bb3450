"""The layers of a slide: what is behind its shapes, and pictures cut out of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from io import BytesIO
from typing import TYPE_CHECKING

from deckwright.formats.pptx.file import Clip, PptxSlide
from deckwright.formats.pptx.links import leads_in
from deckwright.frozen import dataclass
from deckwright.model import Box, PictureBlock, SlideBlocks, SlideLink, TextBlock

if TYPE_CHECKING:
    from PIL.Image import Image

_AROUND = 1.0
"""Pixels around a block that belong to it: letters may reach a little over the edges of their line."""

BLANK = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108000000003a7e9b550000000a494441"
    "5478da63f80f00010101001cb08c990000000049454e44ae426082"
)
"""A picture (PNG) of one pixel."""


@dataclass(frozen=True, slots=True)
class Layers:
    """Pictures of a slide (PNG): as it is, and without its blocks."""

    whole: bytes
    ground: bytes
    scale: float
    """Their pixels per pixel of the slide."""


def layered(slide: PptxSlide, layers: Layers, blocks: SlideBlocks, kept: SlideBlocks) -> PptxSlide:
    """Return a slide of which some blocks are shapes, and the others are drawn behind them."""
    whole, ground = _opened(layers.whole), _opened(layers.ground)
    left = [*(each.box for each in blocks.pictures if each not in kept.pictures)]
    left += [each.box for each in blocks.texts if each not in kept.texts]
    for box in left:
        place = _pixels(box, layers.scale, whole)
        ground.paste(whole.crop(place), place)
    return replace(
        slide,
        picture=_png(ground),
        text="",
        links=tuple(each for each in slide.links if not _is_in(each, kept.texts)),
        clips=tuple(_clip(each, whole, layers.scale) for each in kept.pictures),
        texts=kept.texts,
        language=blocks.language,
    )


def _is_in(link: SlideLink, texts: Sequence[TextBlock]) -> bool:
    """Whether letters of a text that is a shape lead where a link leads."""
    leading = [text.box for text in texts if leads_in(text, link)]
    return all(any(_has_middle(outer, box) for outer in leading) for box in link.boxes)


def _has_middle(outer: Box, box: Box) -> bool:
    across, down = (box.left + box.right) / 2, (box.top + box.bottom) / 2
    return outer.left <= across <= outer.right and outer.top <= down <= outer.bottom


def _clip(block: PictureBlock, source: Image, scale: float) -> Clip:
    place = _pixels(block.box, scale, source)
    return Clip(_png(source.crop(place)), Box(*(side / scale for side in place)), block.alt)


def _pixels(box: Box, scale: float, picture: Image) -> tuple[int, int, int, int]:
    """Return the pixels in which a block is."""
    left, top = (max(0, int((side - _AROUND) * scale)) for side in (box.left, box.top))
    right = min(picture.width, int((box.right + _AROUND) * scale) + 1)
    return left, top, right, min(picture.height, int((box.bottom + _AROUND) * scale) + 1)


def _opened(data: bytes) -> Image:
    from PIL.Image import open

    with open(BytesIO(data)) as picture:
        return picture.convert("RGB")


def _png(picture: Image) -> bytes:
    written = BytesIO()
    picture.save(written, "PNG", compress_level=4)
    return written.getvalue()
