"""Charts that cells display: their names in words, and what a page may draw of them."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from typing import Any

from deckwright.compose.escape import one_line
from deckwright.compose.specifications import Undrawable, plotly_specification, vega_lite_specification
from deckwright.frozen import dataclass
from deckwright.text.sizes import size_text

_LONGEST = 5_000_000
"""Most characters of a specification: the page holds it."""

_LONGEST_TITLE = 120
_TAG = re.compile(r"</?[A-Za-z][^<>]*>")


@dataclass(frozen=True, slots=True)
class ShownChart:
    """A displayed chart."""

    kind: str
    """`plotly` or `vega-lite`."""
    name: str
    """In words, as in "Plotly chart: Loss"."""
    specification: str
    """JSON that is safe to draw; empty where it cannot be drawn."""
    reason: str = ""
    """Why it cannot be drawn."""
    hint: str = ""


@dataclass(frozen=True, slots=True)
class _Library:
    kind: str
    name: str
    media_type: re.Pattern[str]
    clean: Callable[[Mapping[str, Any]], dict[str, Any]]
    title: tuple[str, ...]
    """Where the title is."""


_LIBRARIES = (
    _Library(
        "plotly",
        "Plotly",
        re.compile(r"application/vnd\.plotly\.v\d+\+json"),
        plotly_specification,
        ("layout", "title"),
    ),
    _Library(
        "vega-lite",
        "Vega-Lite",
        re.compile(r"application/vnd\.vegalite\.v\d+(?:\.\d+)*\+json"),
        vega_lite_specification,
        ("title",),
    ),
)


def chart_of(data: Mapping[str, str]) -> ShownChart | None:
    """Return the chart among the forms of a displayed value; None if there is none."""
    for media_type, text in data.items():
        for library in _LIBRARIES:
            if library.media_type.fullmatch(media_type):
                return _chart(library, text)
    return None


def _chart(library: _Library, text: str) -> ShownChart:
    specification = _read(text)
    title = _title(specification, library.title)
    name = f"{library.name} chart: {title}" if title else f"{library.name} chart"
    try:
        return ShownChart(library.kind, name, _drawable(library, text, specification))
    except Undrawable as error:
        return ShownChart(library.kind, name, "", str(error), error.hint)


def _drawable(library: _Library, text: str, specification: Any) -> str:
    if not isinstance(specification, dict):
        raise Undrawable("its specification is no JSON object", "display the chart itself")
    if len(text) > _LONGEST:
        size, most = size_text(len(text)), size_text(_LONGEST)
        hint = "summarize the data in the script, or draw it with matplotlib"
        raise Undrawable(f"its specification has {size}, and a page holds at most {most}", hint)
    clean = library.clean(specification)
    text = json.dumps(clean, ensure_ascii=False, separators=(",", ":"))
    return text.encode("utf-8", "replace").decode()  # half of a surrogate pair is no text


def _read(text: str) -> Any:
    """Return what a JSON text holds; None for another text."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _title(specification: Any, path: tuple[str, ...]) -> str:
    """Return the title of a chart, on one line and without its tags."""
    title = specification
    for key in path:
        title = _item(title, key)
    text = _item(title, "text") if isinstance(title, dict) else title
    rows = text if isinstance(text, list) else [text]
    title = one_line(_TAG.sub(" ", " ".join(row for row in rows if isinstance(row, str))))
    return title if len(title) <= _LONGEST_TITLE else f"{title[:_LONGEST_TITLE]}…"


def _item(value: Any, key: str) -> Any:
    return value.get(key) if isinstance(value, dict) else None
