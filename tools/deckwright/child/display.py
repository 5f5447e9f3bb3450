"""The value of a cell's last expression, as a notebook would show it."""

from __future__ import annotations

import base64
from typing import Any

from deckwright.child.figures import is_figure, svg_text


def display(value: object) -> dict[str, str]:
    """Return one text per media type (binary as base64), none if there is nothing to show."""
    data = _bundle(value)
    if is_figure(value):
        # IPython alone has no picture of a figure: in a notebook, matplotlib's backend adds it.
        data["image/svg+xml"] = svg_text(value)
    texts = {kind: _text(item) for kind, item in data.items()}
    return {kind: text for kind, text in texts.items() if text is not None}


def _bundle(value: object) -> dict[str, Any]:
    try:
        from IPython.core.formatters import DisplayFormatter
    except ImportError:
        return {"text/plain": repr(value)}
    data, _ = DisplayFormatter().format(value)  # type: ignore[no-untyped-call]
    return dict(data)


def _text(item: object) -> str | None:
    if isinstance(item, bytes):
        return base64.b64encode(item).decode("ascii")
    return item if isinstance(item, str) else None
