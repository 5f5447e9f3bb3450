"""What a script displays: the last expression of a cell, and what is given to IPython's `display`."""

from __future__ import annotations

from collections.abc import Callable, Collection
from types import ModuleType
from typing import Any

from deckwright.child.charts import record_charts
from deckwright.child.forms import rich_of, rich_of_data
from deckwright.child.import_hooks import after_import
from deckwright.model import Rich

_DISPLAY_MODULES = ("IPython.core.display_functions", "IPython.display")

Show = Callable[[Rich | None, object, str], None]
"""Shows a value: its forms, the value itself, and what Python prints in its place."""


def record_displays(show: Show) -> None:
    """Call `show` with each value that the script gives to IPython's `display`, or shows as a chart."""
    for name in _DISPLAY_MODULES:
        after_import(name, lambda module: _replace_display(module, show))
    record_charts(lambda figure: show(rich_of(figure), figure, ""))


def _replace_display(module: ModuleType, show: Show) -> None:
    if module.display.__module__ == __name__:
        return

    def display(
        *values: Any,
        raw: bool = False,
        include: Collection[str] | None = None,
        exclude: Collection[str] | None = None,
        **_: object,
    ) -> None:
        printed = " ".join(map(str, values)) + "\n"
        for value in values:
            is_data = raw and isinstance(value, dict)
            rich = rich_of_data(value) if is_data else rich_of(value, include or (), exclude or ())
            show(rich, value, printed)
            printed = ""

    display.__doc__ = module.display.__doc__
    module.display = display  # type: ignore[attr-defined]
