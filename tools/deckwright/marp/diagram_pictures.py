"""Diagrams that have files of their own, as pictures that any Marp tool shows: the fonts are inside.

They are drawn on slides that hold nothing else, dark on white: one picture is for all decks and themes.
"""

from __future__ import annotations

import html
from collections.abc import Callable, Sequence
from dataclasses import replace
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from deckwright.marp.diagrams import DrawAnswer, undrawn
from deckwright.marp.fonts import SANS
from deckwright.marp.safe_svg import UnsafeDrawing, clean_svg
from deckwright.marp.stacks import SANS_STACK
from deckwright.marp.subset import drawn_as
from deckwright.model import DiagramSource, Drawing

FontFaces = Callable[[frozenset[str], frozenset[int]], str]
"""Returns CSS with the fonts of pictures, reduced to these characters and weights."""

_PAPER, _INK, _ACCENT = "#ffffff", "#1f2328", "#0969da"
_FAMILY = f'"{SANS}",sans-serif'
_FAMILIES = f'"{SANS}","{SANS_STACK}",sans-serif'
"""With the fonts of scripts that the first one lacks."""

_TEXT_PIXELS = 27.5
"""The size of the text around: that of the diagram is 22 pixels, which is legible at half of its size."""

_STYLE = (
    "section{all:initial;display:block;width:8000px;height:8000px;"
    f"font:{_TEXT_PIXELS}px {_FAMILIES};color:{_INK};background:{_PAPER}}} a{{color:{_ACCENT}}}"
)
_BOLD = 600


def diagram_page(diagrams: Sequence[DiagramSource], faces: Callable[[str], str]) -> str:
    """Return the page on which the browser draws; `faces` returns the fonts of a page."""
    slides = "".join(
        f"<section><!--diagram {number}--><pre>{html.escape(diagram.text)}</pre><!--/diagram--></section>"
        for number, diagram in enumerate(diagrams)
    )
    page = f'<!DOCTYPE html><meta charset="utf-8"><style>{_STYLE}</style>{slides}'
    return page.replace("</style>", f"{faces(page)}</style>", 1)


def drawing_of(source: DiagramSource, answer: DrawAnswer, faces: FontFaces) -> Drawing:
    """Return what became of a diagram."""
    if not answer.svg:
        failed = undrawn(source, answer)
        what = "" if failed.slug == "diagram" else "is not drawn: "
        return replace(failed, message=f"this diagram {what}{failed.message}")
    try:
        return Drawing(_picture(clean_svg(answer.svg, "diagram"), faces))
    except UnsafeDrawing as error:
        message = f"this diagram is not drawn: its drawing holds {error}, which pictures must not"
        return Drawing(slug="diagram-not-drawn", message=message)


def _picture(drawing: Element, faces: FontFaces) -> str:
    weights = {_weight(element.get("font-weight", "")) for element in drawing.iter()}
    characters = drawn_as("".join(drawing.itertext()))
    style = Element("style")
    style.text = faces(characters, frozenset(weights))
    drawing.set("font-family", _FAMILIES if SANS_STACK in style.text else _FAMILY)
    x, y, width, height = drawing.get("viewBox", "0 0 0 0").split()
    paper = Element("rect", {"x": x, "y": y, "width": width, "height": height, "fill": _PAPER})
    drawing[:0] = [style, paper]
    return ElementTree.tostring(drawing, "unicode", short_empty_elements=False) + "\n"


def _weight(value: str) -> int:
    """Return which of the font's two weights shows a weight."""
    is_bold = value in ("bold", "bolder") or (value.isdigit() and int(value) >= _BOLD)
    return 700 if is_bold else 400
