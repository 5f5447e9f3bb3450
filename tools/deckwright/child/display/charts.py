"""Charts of Plotly and of Vega-Lite (altair), as the specifications that notebooks get."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from types import ModuleType
from typing import Any

from deckwright.child.import_hooks import after_import

PLOTLY = "application/vnd.plotly.v1+json"
_SCHEMA_MARK = "/schema/vega-lite/"

_SHOW_MODULES = ("plotly.io._renderers", "plotly.io")

Form = tuple[str, str]
"""A media type, and a text of that type."""


def is_chart(value: object) -> bool:
    """Whether a value is a figure of Plotly or a chart of altair."""
    return _is_a("plotly.basedatatypes", "BaseFigure", value) or _is_a("altair", "TopLevelMixin", value)


def chart_form(value: object) -> Form | None:
    """Return the specification of a chart; None for every other value."""
    if _is_a("plotly.basedatatypes", "BaseFigure", value):
        return PLOTLY, str(value.to_json())  # type: ignore[attr-defined]
    if _is_a("altair", "TopLevelMixin", value):
        return _vega_lite_form(value)
    return None


def record_charts(show: Callable[[object], None]) -> None:
    """Call `show` with each figure of which a script calls Plotly's `show`: that would open a browser."""
    for name in _SHOW_MODULES:
        after_import(name, lambda module: _replace_show(module, show))


def _replace_show(module: ModuleType, show: Callable[[object], None]) -> None:
    def shown(fig: Any, *_: object, **__: object) -> None:
        show(fig if is_chart(fig) else sys.modules["plotly.graph_objects"].Figure(fig))

    shown.__doc__ = module.show.__doc__
    module.show = shown  # type: ignore[attr-defined]


def _is_a(module: str, name: str, value: object) -> bool:
    kind = vars(sys.modules[module]).get(name) if module in sys.modules else None
    return isinstance(kind, type) and issubclass(type(value), kind)


def _vega_lite_form(chart: Any) -> Form:
    altair = sys.modules["altair"]
    # With the data inside, however the script passes it on: a page has no other files.
    with altair.data_transformers.enable("default", max_rows=None):
        specification = chart.to_dict()
    version = str(specification.get("$schema", "")).rpartition(_SCHEMA_MARK)[2].partition(".")[0]
    return f"application/vnd.vegalite.{version or 'v6'}+json", json.dumps(specification)
