"""Drawings that libraries made of what others wrote -> elements of a page that can do no harm.

Only known elements and attributes stay. What refers to another part of a drawing gets a name of our own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

SVG = "http://www.w3.org/2000/svg"
_XLINK = "{http://www.w3.org/1999/xlink}href"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"

_ELEMENTS = frozenset(
    {
        *("circle", "clipPath", "defs", "ellipse", "g", "image", "line", "linearGradient", "marker"),
        *("mask", "path", "pattern", "polygon", "polyline", "radialGradient", "rect", "stop", "svg"),
        *("symbol", "text", "tspan"),
    }
)
_NEEDLESS = frozenset({"desc", "metadata", "script", "style", "title"})
"""Elements that show nothing of their own."""

_LOOKS = frozenset(
    {
        *("clip-path", "clip-rule", "display", "dominant-baseline", "fill", "fill-opacity", "fill-rule"),
        *("font-family", "font-size", "font-style", "font-variant", "font-weight", "image-rendering"),
        *("letter-spacing", "marker-end", "marker-mid", "marker-start", "mask", "opacity", "paint-order"),
        *("shape-rendering", "stop-color", "stop-opacity", "stroke", "stroke-dasharray"),
        *("stroke-dashoffset", "stroke-linecap", "stroke-linejoin", "stroke-miterlimit"),
        *("stroke-opacity", "stroke-width", "text-anchor", "text-decoration", "vector-effect"),
        *("visibility"),
    }
)
"""Attributes that are properties of a style, too."""

_ATTRIBUTES = _LOOKS | frozenset(
    {
        *("clipPathUnits", "cx", "cy", "d", "dx", "dy", "fx", "fy", "gradientTransform", "gradientUnits"),
        *("height", "lengthAdjust", "markerHeight", "markerUnits", "markerWidth", "maskContentUnits"),
        *("maskUnits", "offset", "orient", "patternContentUnits", "patternTransform", "patternUnits"),
        *("points", "preserveAspectRatio", "r", "refX", "refY", "rotate", "rx", "ry", "spreadMethod"),
        *("textLength", "transform", "viewBox", "width", "x", "x1", "x2", "y", "y1", "y2"),
    }
)
_STYLE = re.compile(r"([\w-]+)\s*:\s*((?:\"[^\"]*\"|'[^']*'|\([^()]*\)|[^;\"'()])*)")
_REFERENCE = re.compile(r"""url\(\s*["']?#([^"'()]+)["']?\s*\)""")
_HARMFUL = re.compile(r"url\(|[\\<>@{}]|script:|&", re.IGNORECASE)
_PICTURE = re.compile(r"data:image/(?:png|jpeg|gif|webp);base64,[A-Za-z0-9+/=\s]*")


class UnsafeDrawing(ValueError):
    """A drawing with something that a page must not contain."""


def safe_svg(svg: str, name: str, alt: str, looks: Mapping[str, str]) -> str:
    """Return a drawing as an element of a page, with attributes `looks` of its own. Raises UnsafeDrawing.

    The names of its parts begin with `name`.
    """
    if re.search(r"<[!?]", svg):
        raise UnsafeDrawing("a declaration")
    try:
        root = ElementTree.fromstring(svg)
    except ElementTree.ParseError as error:
        raise UnsafeDrawing(str(error)) from None
    if root.tag != f"{{{SVG}}}svg":
        raise UnsafeDrawing(root.tag)
    clean = _clean(root, _names(root, name))
    clean.attrib |= {"xmlns": SVG, **looks} | ({"role": "img", "aria-label": alt} if alt else {})
    return ElementTree.tostring(clean, "unicode", short_empty_elements=False)


def _names(root: Element, name: str) -> Mapping[str, str]:
    """Return a new name for each part of a drawing that is referred to."""
    values = (value for element in root.iter() for value in element.attrib.values())
    used = dict.fromkeys(known for value in values for known in _REFERENCE.findall(value))
    return {known: f"{name}-{number}" for number, known in enumerate(used)}


def _clean(element: Element, names: Mapping[str, str]) -> Element:
    tag = element.tag.removeprefix(f"{{{SVG}}}")
    tag = "g" if tag == "a" else tag
    if tag not in _ELEMENTS:
        raise UnsafeDrawing(f"<{tag}>")
    fresh = Element(tag, dict(_attributes(element, names)))
    fresh.text, fresh.tail = element.text, element.tail
    shown = (child for child in element if child.tag.removeprefix(f"{{{SVG}}}") not in _NEEDLESS)
    fresh.extend([_clean(child, names) for child in shown])
    return fresh


def _attributes(element: Element, names: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield what is harmless: attributes, then what a style says, which counts more."""
    for key, value in element.attrib.items():
        if key in _ATTRIBUTES and (safe := _safe(value, names)):
            yield key, safe
    if known := names.get(element.get("id", "")):
        yield "id", known
    address = element.get("href") or element.get(_XLINK) or ""
    if element.tag == f"{{{SVG}}}image" and _PICTURE.fullmatch(address):
        yield "href", address
    for key, value in _STYLE.findall(element.get("style", "")):
        if key in _LOOKS and (safe := _safe(value.strip(), names)):
            yield key, safe
        elif key == "white-space" and value.strip().startswith("pre"):
            yield _SPACE, "preserve"


def _safe(value: str, names: Mapping[str, str]) -> str:
    """Return a value that refers to nothing outside; else nothing."""
    rest = _REFERENCE.sub("", value)
    return "" if _HARMFUL.search(rest) else _REFERENCE.sub(lambda match: f"url(#{names[match[1]]})", value)
