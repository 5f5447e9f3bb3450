"""Drawings that libraries made of what others wrote -> elements that can do no harm in a page.

Only known elements and attributes stay. What refers to another part of a drawing gets a name of our own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

_SVG = "http://www.w3.org/2000/svg"
_XLINK = "{http://www.w3.org/1999/xlink}href"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"

_ELEMENTS = frozenset(
    {
        *("circle", "clipPath", "defs", "ellipse", "g", "image", "line", "linearGradient", "marker"),
        *("mask", "path", "pattern", "polygon", "polyline", "radialGradient", "rect", "stop", "svg"),
        *("symbol", "text", "tspan"),
    }
)
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

    `alt` is read instead of the words in it; the names of its parts begin with `name`.
    """
    clean = clean_svg(svg, name)
    clean.attrib |= {**looks, **({"role": "img", "aria-label": alt} if alt else {})}
    return ElementTree.tostring(clean, "unicode", short_empty_elements=False)


def clean_svg(svg: str, name: str) -> Element:
    """Return a drawing with nothing but what is known to be harmless. Raises UnsafeDrawing."""
    if re.search(r"<[!?]", svg):
        raise UnsafeDrawing("a declaration")
    try:
        root = ElementTree.fromstring(svg)
    except ElementTree.ParseError as error:
        raise UnsafeDrawing(str(error)) from None
    if root.tag != f"{{{_SVG}}}svg":
        raise UnsafeDrawing(root.tag)
    clean = _clean(root, _names(root, name))
    clean.set("xmlns", _SVG)
    return clean


def _names(root: Element, name: str) -> Mapping[str, str]:
    """Return a new name for each part of a drawing that is referred to in it."""
    known = {element.get("id") for element in root.iter()}
    values = (value for element in root.iter() for value in element.attrib.values())
    used = dict.fromkeys(part for value in values for part in _REFERENCE.findall(value) if part in known)
    return {part: f"{name}-{number}" for number, part in enumerate(used)}


def _clean(element: Element, names: Mapping[str, str]) -> Element:
    tag = element.tag.removeprefix(f"{{{_SVG}}}")
    attributes = dict(_attributes(element, names))
    if tag not in _ELEMENTS or (tag == "image" and "href" not in attributes):
        raise UnsafeDrawing(f"<{tag}>")
    fresh = Element(tag, attributes)
    fresh.text, fresh.tail = element.text, element.tail
    fresh.extend([_clean(child, names) for child in element])
    return fresh


def _attributes(element: Element, names: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield what is harmless: attributes, then what a style says, which counts more."""
    for key, value in element.attrib.items():
        if key in _ATTRIBUTES and (safe := _safe(value, names)):
            yield key, safe
    if known := names.get(element.get("id", "")):
        yield "id", known
    address = element.get("href") or element.get(_XLINK) or ""
    if element.tag == f"{{{_SVG}}}image" and _PICTURE.fullmatch(address):
        yield "href", address
    for key, value in _STYLE.findall(element.get("style", "")):
        if key in _LOOKS and (safe := _safe(value.strip(), names)):
            yield key, safe
        elif key == "white-space" and value.strip().startswith("pre"):
            yield _SPACE, "preserve"


def _safe(value: str, names: Mapping[str, str]) -> str:
    """Return a value that refers to nothing outside; else nothing."""
    rest = _REFERENCE.sub(lambda match: "" if match[1] in names else match[0], value)
    return "" if _HARMFUL.search(rest) else _REFERENCE.sub(lambda match: f"url(#{names[match[1]]})", value)
