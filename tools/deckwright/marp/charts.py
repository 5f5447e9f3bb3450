"""Charts of a page: the picture that the browser drew of each, and what makes it live in the HTML page.

The picture is part of the page, so that a chart is there without scripts and in print. Above it, the page
draws the same specification in a frame that reaches nothing outside (js/charts/live.mjs).
"""

from __future__ import annotations

import base64
import gzip
import html
import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from functools import lru_cache
from pathlib import Path
from typing import Any

from deckwright.frozen import dataclass
from deckwright.marp.packages import SOURCES
from deckwright.marp.safe_svg import UnsafeDrawing, safe_svg
from deckwright.model import Chart, PageDiagnostic
from deckwright.text.css import FACE

PACKAGES = SOURCES / "charts"
"""Where the lock of the libraries is, and what runs in frames."""

_PLACE = re.compile(r'<div data-deckwright-place="(\d+) \d+">(.*?)</div>', re.DOTALL)


@dataclass(frozen=True, slots=True)
class Look:
    """The looks of a slide where a chart is."""

    font: str
    pixels: float
    ink: str
    paper: str


@dataclass(frozen=True, slots=True)
class Room:
    """The pixels that are left for a chart."""

    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Place:
    """A place of the page where a chart belongs: an answer of the Node process."""

    number: int
    """Of the chart among those of the deck."""
    line: int
    """In the expanded deck."""
    look: Look
    room: Room


@dataclass(frozen=True, slots=True)
class ChartDrawing:
    """What the browser drew of a chart: an answer of the Node process."""

    svg: str
    """Empty for a drawing that is too large, or made of pixels."""
    png: str
    """As base64, in place of `svg`."""
    width: float
    height: float
    scale: float
    """How much larger or smaller it is shown, to fit."""
    error: str
    """Why it was not drawn; empty if it was."""
    passing: bool = False
    """Whether it may be drawn the next time: the browser was slow, or ended."""


@dataclass(frozen=True, slots=True)
class ChartElement:
    """What stands in a chart's place: its picture, and in the HTML page also what makes it live."""

    picture: str
    live: str


NO_CHART = ChartElement("", "")
"""Where the name of a chart stays."""


def has_places(page: str) -> bool:
    """Whether a page has places for charts."""
    return bool(_PLACE.search(page))


def fonts_in(page: str) -> str:
    """Return the fonts in the style sheets of a page, for frames, which have none of them."""
    return "\n".join(dict.fromkeys(FACE.findall(page)))


def task_of(chart: Chart, place: Place) -> dict[str, Any]:
    """Return what a frame needs to draw a chart, besides libraries and fonts."""
    specification = json.loads(chart.specification)
    return {
        "kind": chart.kind,
        "specification": specification,
        "look": asdict(place.look),
        "room": asdict(place.room),
    }


def element_of(
    chart: Chart, place: Place, drawing: ChartDrawing, number: int
) -> tuple[ChartElement, PageDiagnostic | None]:
    """Return what stands in a chart's place, or nothing and why not. `number` is that of the place."""
    reason = drawing.error
    try:
        if not reason:
            return _element(chart, place, drawing, f"chart-{number}"), None
    except UnsafeDrawing as error:
        reason = f"its drawing holds {error}, which pages must not"
    message = f"this chart is shown as its name: {reason}"
    if drawing.passing:
        return NO_CHART, PageDiagnostic("chart-interrupted", message, line=place.line)
    return NO_CHART, PageDiagnostic("chart-not-drawn", message, line=place.line)


def _element(chart: Chart, place: Place, drawing: ChartDrawing, name: str) -> ChartElement:
    width, height = (_pixels(each * drawing.scale) for each in (drawing.width, drawing.height))
    picture = _picture(chart, drawing, name, width, height)
    # A paragraph, as a picture is, so that it has the theme's distance from what is above.
    style = f"position:relative;width:{width}px;height:{height}px;margin-left:auto;margin-right:auto"
    size = {"width": drawing.width, "height": drawing.height, "scale": drawing.scale}
    data = json.dumps({**task_of(chart, place), **size}, ensure_ascii=False, separators=(",", ":"))
    live = f'<p style="{style}" data-deckwright-chart="{html.escape(data)}">{picture}</p>'
    return ChartElement(f'<p style="{style}">{picture}</p>', live)


def with_charts(page: str, elements: Sequence[str]) -> str:
    """Return a page with charts in their places, in order; the name stays where a chart is empty."""
    rest = iter(elements)
    return _PLACE.sub(lambda place: next(rest, "") or place[2], page)


def live_parts(kinds: Iterable[str], packages: Path) -> str:
    """Return what a page needs to make charts of these kinds live: each library once, and our code."""
    libraries = "".join(
        f'<script type="text/plain" data-deckwright-library="{kind}">{_packed(packages, path)}</script>'
        for kind in sorted(set(kinds))
        for path in _paths(kind)
    )
    frame, live = ((PACKAGES / name).read_text("utf-8") for name in ("frame.mjs", "live.mjs"))
    return (
        f'{libraries}<script type="text/plain" data-deckwright-frame>{frame}</script>'
        f'<script type="module" data-deckwright-live>{live}makeChartsLive()</script>'
    )


def _paths(kind: str) -> tuple[str, ...]:
    """Return the paths of what draws a kind of chart, in the folder of the packages."""
    libraries = json.loads((PACKAGES / "libraries.json").read_text("utf-8"))
    return tuple(f"node_modules/{path}" for path in libraries[kind])


@lru_cache(maxsize=8)
def _packed(packages: Path, path: str) -> str:
    """Return a library, packed, below the licence under which a page may hold it."""
    package = path.split("/")[1]
    licence = (packages / "node_modules" / package / "LICENSE").read_text("utf-8").replace("*/", "* /")
    text = f"/*! {package}\n{licence}*/\n{(packages / path).read_text('utf-8')}"
    return base64.b64encode(gzip.compress(text.encode(), mtime=0)).decode()


def _picture(chart: Chart, drawing: ChartDrawing, name: str, width: str, height: str) -> str:
    style = "display:block;background:none;margin:0"
    if not drawing.svg:
        return (
            f'<img src="data:image/png;base64,{html.escape(drawing.png)}" alt="{html.escape(chart.alt)}" '
            f'width="{width}" height="{height}" style="{style}">'
        )
    size = {
        "width": width,
        "height": height,
        "viewBox": f"0 0 {_pixels(drawing.width)} {_pixels(drawing.height)}",
    }
    looks = {**size, "letter-spacing": "normal", "style": f"{style};line-height:normal"}
    return safe_svg(drawing.svg, name, chart.alt, looks)


def _pixels(number: float) -> str:
    return f"{round(number, 2):g}" if number < 10_000 else str(round(number))
