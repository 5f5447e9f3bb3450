"""A PDF of a deck with what was drawn on its slides, as vectors."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from io import BytesIO
from itertools import chain
from typing import Any

from deckwright.frozen import dataclass

_MOST_NUMBERS = 2_000_000
"""More than an hour of drawing."""

_COLOUR = re.compile(r"#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})")

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Stroke:
    """The outline of a stroke: it bends at these points, and passes through the middles between them."""

    pages: tuple[int, ...]
    """The pages that show it, counted from 0."""
    colour: tuple[float, float, float]
    """Red, green and blue, each from 0 to 1."""
    outline: tuple[Point, ...]


def read_strokes(content: Any) -> tuple[Stroke, ...]:
    """Return the strokes that a page sends. Raises ValueError for anything else."""
    if not isinstance(content, list):
        raise ValueError("no list of strokes")
    strokes = tuple(map(_stroke, content))
    if sum(len(each.outline) for each in strokes) * 2 > _MOST_NUMBERS:
        raise ValueError("too many strokes")
    return strokes


def _stroke(content: Any) -> Stroke:
    try:
        pages = tuple(int(page) for page in content["pages"])
        colour = _COLOUR.fullmatch(content["colour"])
        outline = tuple((float(x), float(y)) for x, y in content["outline"])
        is_somewhere = all(map(math.isfinite, chain.from_iterable(outline)))
    except (TypeError, KeyError, ValueError, OverflowError):
        raise ValueError("not a stroke") from None
    if colour is None or not is_somewhere:
        raise ValueError("not a stroke")
    red, green, blue = (int(part, 16) / 255 for part in colour.groups())
    return Stroke(pages, (red, green, blue), outline)


def with_strokes(pdf: bytes, strokes: Sequence[Stroke], width: float) -> bytes:
    """Return a PDF with strokes on its pages; `width` is that of a slide, in the numbers of the strokes."""
    from pypdf import PdfReader, PdfWriter
    from pypdf.generic import ArrayObject, DecodedStreamObject, IndirectObject, NameObject

    writer = PdfWriter(clone_from=PdfReader(BytesIO(pdf)))

    def stream(text: str) -> IndirectObject:
        content = DecodedStreamObject()
        content.set_data(text.encode("ascii"))
        return writer._add_object(content.flate_encode())

    for number, page in enumerate(writer.pages):
        here = [each for each in strokes if number in each.pages]
        if not here:
            continue
        box = page.mediabox
        scale = float(box.width) / width
        place = f"{scale:.6f} 0 0 {-scale:.6f} {float(box.left):.3f} {float(box.top):.3f} cm"
        before = page["/Contents"].get_object() if "/Contents" in page else ArrayObject()
        parts = list(before) if isinstance(before, ArrayObject) else [page.raw_get("/Contents")]
        drawn = "\n".join(["Q q", place, *map(_drawn, here), "Q"])
        page[NameObject("/Contents")] = ArrayObject([stream("q"), *parts, stream(drawn)])
    file = BytesIO()
    writer.write(file)
    return file.getvalue()


def _drawn(stroke: Stroke) -> str:
    """Return the operators that fill a stroke: PDF has only cubic curves, and these are quadratic."""
    points = stroke.outline
    if len(points) < 3:
        return ""
    start = _middle(points[-1], points[0])
    parts = [_numbers(stroke.colour) + " rg", f"{_numbers(start)} m"]
    for bend, following in zip(points, [*points[1:], points[0]]):
        end = _middle(bend, following)
        parts.append(f"{_numbers((*_toward(start, bend), *_toward(end, bend), *end))} c")
        start = end
    return "\n".join([*parts, "h f"])


def _middle(one: Point, other: Point) -> Point:
    return ((one[0] + other[0]) / 2, (one[1] + other[1]) / 2)


def _toward(end: Point, bend: Point) -> Point:
    """Return a control point of the cubic curve that a quadratic one is."""
    return (end[0] + (bend[0] - end[0]) * 2 / 3, end[1] + (bend[1] - end[1]) * 2 / 3)


def _numbers(numbers: Iterable[float]) -> str:
    return " ".join(f"{number:.3f}" for number in numbers)
