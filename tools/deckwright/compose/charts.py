"""Specifications of charts that cells display -> what a page may draw, and their names in words."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from deckwright.compose.escape import one_line

_KINDS = (
    (re.compile(r"application/vnd\.plotly\.v\d+\+json"), "Plotly"),
    (re.compile(r"application/vnd\.vegalite\.v\d+(?:\.\d+)*\+json"), "Vega-Lite"),
)
"""Media types of charts, and the names of their libraries."""

_LONGEST_TITLE = 120
_TAG = re.compile(r"</?[A-Za-z][^<>]*>")


def chart_name(data: Mapping[str, str]) -> str:
    """Return the name of a displayed chart, as in "Plotly chart: Loss"; empty for what is none."""
    for media_type, text in data.items():
        library = next((name for pattern, name in _KINDS if pattern.fullmatch(media_type)), "")
        if library:
            title = _title(_read(text))
            return f"{library} chart: {title}" if title else f"{library} chart"
    return ""


def _read(text: str) -> Any:
    """Return what a JSON text holds; None for another text."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _title(specification: Any) -> str:
    """Return the title of a chart, on one line and without its tags."""
    layout = _item(specification, "layout")  # only Plotly's charts have one
    title = _item(specification if layout is None else layout, "title")
    text = _item(title, "text") if isinstance(title, dict) else title
    rows = text if isinstance(text, list) else [text]
    title = one_line(_TAG.sub(" ", " ".join(row for row in rows if isinstance(row, str))))
    return title if len(title) <= _LONGEST_TITLE else f"{title[:_LONGEST_TITLE]}…"


def _item(value: Any, key: str) -> Any:
    return value.get(key) if isinstance(value, dict) else None
