"""Pages of a PDF that show a slide in all states of its what-if controls, side by side."""

from __future__ import annotations

import html
from collections.abc import Iterator, Sequence
from io import BytesIO
from math import ceil, sqrt

from deckwright.formats.format import DeckRendering, Lecture
from deckwright.model import ControlledPage

STRIP = "strip"
"""The choice of states of which all are printed."""

_STYLE = """
@page { size: %gpx %gpx; margin: 0; }
html, body { margin: 0; background: #fff; }
.strip {
  box-sizing: border-box; width: %gpx; height: %gpx; padding: 2.5%%; overflow: hidden; break-after: page;
  display: grid; grid: repeat(%d, minmax(0, 1fr)) / repeat(%d, minmax(0, 1fr)); grid-auto-flow: %s; gap: 2%%;
}
.strip:last-child { break-after: auto; }
figure { margin: 0; display: flex; flex-direction: column; align-items: center; min-width: 0; min-height: 0; }
figcaption { font: 600 %gpx/1.5 sans-serif; color: #222; white-space: nowrap; }
figcaption { max-width: 100%%; overflow: hidden; text-overflow: ellipsis; }
.room {
  flex: 1; width: 100%%; min-height: 0; display: grid; container-type: size; place-content: start center;
}
.slide {
  --ratio: calc(var(--slide-width) / var(--slide-height)); width: min(100cqw, 100cqh * var(--ratio));
  aspect-ratio: var(--ratio); outline: 1px solid #999; overflow: hidden;
}
.accepted .slide { outline: 3px solid #222; }
"""
_MOST_PIXELS, _LEAST_PIXELS = 22.0, 11.0
"""Of the captions."""


def strip_pages(lecture: Lecture, pages: Sequence[int]) -> tuple[ControlledPage, ...]:
    """Return those of these pages of a deck behind which a strip comes: of steps, the last one."""
    last = {page.slide: page for page in lecture.expanded.controlled if page.page in pages}
    return tuple(last.values())


def with_strips(
    printed: bytes, rendering: DeckRendering, lecture: Lecture, pages: Sequence[int], path: str
) -> bytes:
    """Return a PDF of these pages of a deck with a strip behind each that has controls."""
    from pypdf import PdfReader, PdfWriter  # only where something is printed

    strips = strip_pages(lecture, pages)
    if not strips or rendering.states is None:
        return printed
    writer = PdfWriter(clone_from=BytesIO(printed))
    for count, page in enumerate(strips):
        data, _ = rendering.states.sheets(_sheet(page, rendering.size), path)
        writer.insert_page(PdfReader(BytesIO(data)).pages[0], pages.index(page.page) + 1 + count)
    file = BytesIO()
    writer.write(file)
    return file.getvalue()


def _sheet(page: ControlledPage, size: tuple[float, float]) -> str:
    """Return a sheet as large as a slide, with a small slide for each state."""
    rows, columns, flow = _shape(page)
    pixels = max(_LEAST_PIXELS, min(_MOST_PIXELS, size[0] / columns / 16))
    style = _STYLE % (*size, *size, rows, columns, flow, pixels)
    return f'<style>{style}</style><div class="strip">{"".join(_states(page))}</div>'


def _shape(page: ControlledPage) -> tuple[int, int, str]:
    """Return how many rows and columns of states there are, and which are filled first.

    With two controls, the values of one are side by side: of that which has more.
    """
    if len(page.controls) == 2:
        first, last = (len(control.values) for control in page.controls)
        return (first, last, "row") if last >= first else (last, first, "column")
    columns = ceil(sqrt(len(page.states)))
    return ceil(len(page.states) / columns), columns, "row"


def _states(page: ControlledPage) -> Iterator[str]:
    for state in page.states:
        kind = "state" if state.overrides else "state accepted"
        caption = f"<figcaption>{html.escape(str(state))}</figcaption>"
        slide = f'<div class="slide" data-slide="{page.first + state.number}"></div>'
        yield f'<figure class="{kind}">{caption}<div class="room">{slide}</div></figure>'
