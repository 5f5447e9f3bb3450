"""What a displayed value shows: the last expression of a cell, and what is given to IPython's `display`."""

from __future__ import annotations

import base64
import sys
from collections.abc import Callable, Iterable
from types import ModuleType
from typing import Any

from deckwright.child.charts import as_text, chart_form, record_charts
from deckwright.child.figures import is_figure, svg_text
from deckwright.child.import_hooks import after_import

_DISPLAY_MODULES = ("IPython.core.display_functions", "IPython.display")
_DRAWN = (
    ("matplotlib.artist", "Artist"),
    ("matplotlib.container", "Container"),
    ("matplotlib.animation", "Animation"),
    ("seaborn.axisgrid", "Grid"),
    ("seaborn.axisgrid", "_BaseGrid"),
)
"""Types of what plotting calls return: parts of a figure, which shows them."""


Show = Callable[[dict[str, str], object, str], None]
"""Shows a value: its texts by media type, the value itself, and what Python prints in its place."""


def representations(value: object) -> dict[str, str]:
    """Return what a notebook shows of a value: one text per media type (binary as base64), or none."""
    if chart := chart_form(value):
        return dict([chart])
    data = {} if _is_drawn(value) else _bundle(value)
    if is_figure(value):
        # IPython alone has no picture of a figure: in a notebook, matplotlib's backend adds it.
        data["image/svg+xml"] = svg_text(value)
    return _as_texts(data)


def record_displays(show: Show) -> None:
    """Call `show` with each value that the script gives to IPython's `display`, or shows as a chart."""
    for name in _DISPLAY_MODULES:
        after_import(name, lambda module: _replace_display(module, show))
    record_charts(lambda figure: show(representations(figure), figure, ""))


def _replace_display(module: ModuleType, show: Show) -> None:
    if module.display.__module__ == __name__:
        return

    def display(*values: Any, raw: bool = False, **_: object) -> None:
        printed = " ".join(map(str, values)) + "\n"
        for value in values:
            is_data = raw and isinstance(value, dict)
            show(_as_texts(value) if is_data else representations(value), value, printed)
            printed = ""

    display.__doc__ = module.display.__doc__
    module.display = display  # type: ignore[attr-defined]


def _is_drawn(value: object) -> bool:
    """Whether a value is what a plotting call returns, or a collection with such values; not a figure."""
    if is_figure(value):
        return False
    modules = ((sys.modules.get(module), name) for module, name in _DRAWN)
    kinds = tuple(vars(module)[name] for module, name in modules if module and name in vars(module))
    return bool(kinds) and (isinstance(value, kinds) or any(isinstance(v, kinds) for v in _items(value)))


def _items(value: object) -> Iterable[object]:
    """Return the values in a list, a tuple, a dictionary or an array of objects, one level deep."""
    if isinstance(value, list | tuple):
        return value
    if isinstance(value, dict):
        return value.values()
    numpy = sys.modules.get("numpy")
    if numpy and isinstance(value, numpy.ndarray) and value.dtype == object:
        items: list[object] = value.ravel().tolist()
        return items
    return ()


def _bundle(value: object) -> dict[str, Any]:
    try:
        from IPython.core.formatters import DisplayFormatter
    except ImportError:
        return {"text/plain": repr(value)}
    data, _ = DisplayFormatter().format(value)  # type: ignore[no-untyped-call]
    return dict(data)


def _as_texts(data: dict[str, Any]) -> dict[str, str]:
    texts = {
        kind: base64.b64encode(item).decode("ascii") if isinstance(item, bytes) else as_text(kind, item)
        for kind, item in data.items()
    }
    return {kind: item for kind, item in texts.items() if isinstance(item, str)}
