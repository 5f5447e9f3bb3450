"""Diagrams of a page: what the browser drew, made safe, in place of the code.

What draws them are libraries that read text of an author: only elements and attributes that can do no harm
reach the page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from deckwright.model import Diagram, PageDiagnostic, Severity

_NAMESPACE = "http://www.w3.org/2000/svg"

_UNDRAWN = ("mindmap", "architecture-beta", "architecture", "zenuml")
"""Mermaid's kinds of diagrams that the library does not draw."""

_MARKED = re.compile(r"<!--diagram (\d+) \d+-->(.*?)<!--/diagram-->", re.DOTALL)

_ELEMENTS = frozenset(
    {
        *("circle", "clipPath", "defs", "ellipse", "g", "line", "linearGradient", "marker", "path"),
        *("polygon", "polyline", "rect", "stop", "svg", "text", "tspan"),
    }
)
_ATTRIBUTES = frozenset(
    {
        *("clip-path", "clipPathUnits", "cx", "cy", "d", "display", "dominant-baseline", "dx", "dy"),
        *("fill", "fill-opacity", "font-size", "font-style", "font-weight", "gradientTransform"),
        *(
            "gradientUnits",
            "height",
            "id",
            "lengthAdjust",
            "letter-spacing",
            "marker-end",
            "marker-mid",
            "marker-start",
        ),
        *("markerHeight", "markerUnits", "markerWidth", "offset", "opacity", "orient", "points"),
        *("preserveAspectRatio", "r", "refX", "refY", "rx", "ry", "stop-color", "stop-opacity"),
        *("stroke", "stroke-dasharray", "stroke-linecap", "stroke-linejoin", "stroke-opacity"),
        *("stroke-width", "text-anchor", "text-decoration", "textLength", "transform", "viewBox"),
        *("visibility", "width", "x", "x1", "x2", "y", "y1", "y2"),
    }
)
_OWN = re.compile(r"url\(#diagram-\d+-\d+\)")
_HARMFUL = re.compile(r"url\(|[\\<>@{}]|script:|&", re.IGNORECASE)

_STYLE = "display:block;margin:0 auto;max-width:100%;height:auto"


@dataclass(frozen=True, slots=True)
class DrawAnswer:
    """What became of one diagram: an answer of the Node process."""

    svg: str
    """Empty for one that was not drawn."""
    error: str
    line: int
    """Line of the expanded deck, of the fence's opening or of what is wrong."""
    trouble: str
    """Why it was not drawn: `syntax`, `unknown` for a kind that the library lacks, or `drawing`."""


def described(diagrams: Sequence[Diagram]) -> list[dict[str, str]]:
    """Return what Node knows of the diagrams of a deck."""
    fences = (diagram.fence for diagram in diagrams)
    return [{"language": f.info.language, "info": f.info_text, "body": f.body} for f in fences]


class UnsafeDrawing(ValueError):
    """A drawing with something that a page must not contain."""


def safe_svg(svg: str, alt: str) -> str:
    """Return a drawing as an element of a page. Raises UnsafeDrawing."""
    if re.search(r"<[!?]", svg):
        raise UnsafeDrawing("a declaration")
    try:
        root = ElementTree.fromstring(svg)
    except ElementTree.ParseError as error:
        raise UnsafeDrawing(str(error)) from None
    if root.tag != f"{{{_NAMESPACE}}}svg":
        raise UnsafeDrawing(root.tag)
    clean = _clean(root)
    clean.set("xmlns", _NAMESPACE)
    clean.set("style", _STYLE)
    if alt:  # what is read instead of the words in the drawing
        clean.set("role", "img")
        clean.set("aria-label", alt)
    return ElementTree.tostring(clean, "unicode", short_empty_elements=False)


def is_marked(page: str) -> bool:
    """Whether a page has fences to draw."""
    return bool(_MARKED.search(page))


def with_drawings(page: str, drawn: Sequence[str]) -> str:
    """Return a page with drawings in place of its marked fences, in order; code stays where there is none."""
    rest = iter(drawn)
    return _MARKED.sub(lambda mark: next(rest, "") or mark[2], page)


def drawings_of(
    page: str, diagrams: Sequence[Diagram], answers: Sequence[DrawAnswer]
) -> tuple[tuple[str, ...], tuple[PageDiagnostic, ...]]:
    """Return what stands in the place of each marked fence of a page, and what is wrong with the others."""
    drawn: list[str] = []
    found: list[PageDiagnostic] = []
    for mark, answer in zip(_MARKED.finditer(page), answers, strict=True):
        diagram = diagrams[int(mark[1])]
        try:
            drawn.append(safe_svg(answer.svg, diagram.alt) if answer.svg else "")
            found += _trouble(diagram, answer)
        except UnsafeDrawing as error:
            drawn.append("")
            message = f"this diagram stays code: its drawing holds {error}, which pages must not"
            found.append(PageDiagnostic("diagram-not-drawn", message, line=answer.line))
    return tuple(drawn), tuple(dict.fromkeys(found))


def _trouble(diagram: Diagram, answer: DrawAnswer) -> Iterator[PageDiagnostic]:
    if answer.svg:
        return
    body = diagram.fence.body
    kind = next((kind for kind in _UNDRAWN if re.search(rf"^\s*{kind}\b", body, re.MULTILINE)), "")
    if answer.trouble == "drawing" or (answer.trouble == "unknown" and kind):
        reason = f"a {kind} cannot be drawn" if kind else answer.error
        yield PageDiagnostic("diagram-not-drawn", f"this diagram stays code: {reason}", line=answer.line)
    else:
        unknown = answer.trouble == "unknown"
        error = "it names no kind of diagram that there is" if unknown else answer.error
        message = f"this diagram does not parse: {error}"
        yield PageDiagnostic("diagram", message, line=answer.line, severity=Severity.ERROR)


def _clean(element: Element) -> Element:
    """Return a copy with nothing but what is known to be harmless."""
    name = element.tag.removeprefix(f"{{{_NAMESPACE}}}")
    if name not in _ELEMENTS:
        raise UnsafeDrawing(f"<{name}>")
    fresh = Element(name, {key: value for key, value in element.attrib.items() if _is_safe(key, value)})
    fresh.text, fresh.tail = element.text, element.tail
    fresh.extend([_clean(child) for child in element])
    return fresh


def _is_safe(key: str, value: str) -> bool:
    return key in _ATTRIBUTES and bool(_OWN.fullmatch(value) or not _HARMFUL.search(value))
