"""What a matplotlib figure draws beyond the edges of its picture, where it is lost.

Boxes of artists say where that may be; the ink that they leave there decides. What is meant to run over
an edge is left out.
"""

from __future__ import annotations

import io
import math
import sys
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

PIXELS_PER_INCH = 96
"""Of an SVG that is shown at its natural size."""

_TOLERATED_PIXELS = 2
"""Half of a thick line around the whole picture, and the soft edge of a letter."""
_FARTHEST_PIXELS = 3000
"""How far beyond an edge ink is looked for: a text may lie anywhere."""
_FAINT = 8
"""Differences of colours, of 255, that nobody sees."""

Cut = Mapping[str, int]
"""Pixels by side: left, right, top or bottom."""


def cut_edges(figure: Any, dpi: float = PIXELS_PER_INCH) -> Cut:
    """Return how many pixels of a figure that was just drawn its picture lacks, by side."""
    matplotlib = sys.modules["matplotlib"]
    if matplotlib.rcParams["savefig.bbox"] == "tight":
        return {}
    try:
        with _without_warnings(), _fixed_layout(figure):
            if not _is_beyond(_beyond(figure)):
                return {}
            with _only_what_belongs_inside(figure):
                found = _lost_ink(figure, _beyond(figure))
    except Exception:
        return {}  # an artist of the author's that cannot be drawn again
    return {side: round(pixels * dpi / PIXELS_PER_INCH) for side, pixels in found.items()}


def largest(one: Cut, other: Cut) -> Cut:
    """Return the larger of two cuts at each side: those of two frames of an animation."""
    return {side: max(one.get(side, 0), other.get(side, 0)) for side in {**one, **other}}


def _beyond(figure: Any) -> Cut:
    """Return how far the boxes of all artists reach beyond the edges."""
    box, canvas = figure.get_tightbbox(), figure.bbox_inches
    inches = {
        "left": canvas.x0 - box.x0,
        "right": box.x1 - canvas.x1,
        "top": box.y1 - canvas.y1,
        "bottom": canvas.y0 - box.y0,
    }
    return {side: max(0, math.ceil(by * PIXELS_PER_INCH)) for side, by in inches.items()}


def _is_beyond(beyond: Cut) -> bool:
    return max(beyond.values()) > _TOLERATED_PIXELS


def _lost_ink(figure: Any, beyond: Cut) -> Cut:
    """Return how far ink reaches beyond the edges, of what the boxes promise."""
    if not _is_beyond(beyond):
        return {}
    margin = {side: min(pixels, _FARTHEST_PIXELS) + 1 for side, pixels in beyond.items()}
    ink = _ink(figure, margin)
    right, top = (size * PIXELS_PER_INCH for size in figure.get_size_inches())
    columns, rows = ink.any(axis=0).nonzero()[0], ink.any(axis=1).nonzero()[0]
    if not len(columns):
        return {}
    reaches = {
        "left": margin["left"] - columns[0],
        "right": columns[-1] + 1 - margin["left"] - right,
        "top": rows[-1] + 1 - margin["bottom"] - top,
        "bottom": margin["bottom"] - rows[0],
    }
    found = {side: math.ceil(pixels) for side, pixels in reaches.items() if pixels > _TOLERATED_PIXELS}
    return {side: beyond[side] if beyond[side] > _FARTHEST_PIXELS else found[side] for side in found}


def _ink(figure: Any, margin: Cut) -> Any:
    """Draw a figure with margins; return which of its pixels, from the bottom up, are not background."""
    from matplotlib.colors import to_rgba
    from matplotlib.transforms import Bbox
    from PIL import Image

    numpy: Any = sys.modules["numpy"]  # which matplotlib has imported
    width, height = figure.get_size_inches()
    left, right, top, bottom = (margin[side] / PIXELS_PER_INCH for side in ("left", "right", "top", "bottom"))
    area, buffer = Bbox.from_extents(-left, -bottom, width + right, height + top), io.BytesIO()
    ground = to_rgba(figure.get_facecolor())
    figure.savefig(
        buffer, format="png", dpi=PIXELS_PER_INCH, bbox_inches=area, facecolor="none", edgecolor="none"
    )
    pixels = numpy.asarray(Image.open(buffer).convert("RGBA")).astype("int16")[::-1]
    colour = numpy.array([round(part * 255) for part in ground[:3]])
    differs = (abs(pixels[..., :3] - colour) > _FAINT).any(axis=2) | (ground[3] == 0)
    return (pixels[..., 3] > _FAINT) & differs


@contextmanager
def _without_warnings() -> Iterator[None]:
    """Drop warnings, which the figure has shown when it was saved. Filters stay: changing them forgets
    which warnings were shown."""
    original = warnings.showwarning
    warnings.showwarning = lambda *args, **kwargs: None
    try:
        yield
    finally:
        warnings.showwarning = original


@contextmanager
def _fixed_layout(figure: Any) -> Iterator[None]:
    """Keep everything where it is."""
    layout = figure.get_layout_engine()
    figure.set_layout_engine("none")
    try:
        yield
    finally:
        figure.set_layout_engine(layout)


@contextmanager
def _only_what_belongs_inside(figure: Any) -> Iterator[None]:
    """Hide what is meant to lie outside."""
    hidden = [artist for artist in _outsiders(figure) if artist.get_visible()]
    for artist in hidden:
        artist.set_visible(False)
    try:
        yield
    finally:
        for artist in hidden:
            artist.set_visible(True)


def _outsiders(figure: Any) -> Iterator[Any]:
    """Yield what an author lets run over an edge.

    Bare axes that are larger than the picture; ticks of axes that fill it; texts at places of the data
    that are not shown.
    """
    canvas = figure.bbox
    slack = _TOLERATED_PIXELS * figure.dpi / PIXELS_PER_INCH
    for axes in figure.axes:
        box = axes.get_window_extent()
        filled = {
            "left": box.x0 <= canvas.x0 + slack,
            "right": box.x1 >= canvas.x1 - slack,
            "top": box.y1 >= canvas.y1 - slack,
            "bottom": box.y0 <= canvas.y0 + slack,
        }
        inside = canvas.padded(slack)
        if not axes.axison and not (inside.contains(*box.min) and inside.contains(*box.max)):
            yield axes
        elif axes.name == "rectilinear" and axes.axison:
            yield from _ticks(axes.xaxis, filled["bottom"], filled["top"])
            yield from _ticks(axes.yaxis, filled["left"], filled["right"])
        for text in axes.texts:
            placed_by_data = text.get_transform().contains_branch(axes.transData)
            if placed_by_data and not text.get_window_extent().overlaps(canvas):
                yield text


def _ticks(axis: Any, first: bool, second: bool) -> Iterator[Any]:
    """Yield what the ticks of an axis draw outside of the first (bottom, left) and the second side."""
    for tick in [*axis.get_major_ticks(), *axis.get_minor_ticks()]:
        yield from (tick.label1, tick.tick1line) if first else ()
        yield from (tick.label2, tick.tick2line) if second else ()
    if first or second:
        yield axis.get_offset_text()
