"""The functions with which a script displays values, and clears them, as in a notebook."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from itertools import count
from types import ModuleType
from typing import Any

from deckwright.child.display.charts import record_charts
from deckwright.child.display.displays import Displays
from deckwright.child.import_hooks import after_import

_MODULES = ("IPython.core.display_functions", "IPython.display")


def prepare() -> None:
    """Replace IPython's functions as soon as they are imported, before other modules refer to them."""
    functions = _Functions()
    for name in _MODULES:
        after_import(name, functions.replace)


def record_displays(displays: Displays) -> None:
    """Let IPython's functions, and Plotly's `show`, give what they display to `displays`."""
    for name in _MODULES:
        after_import(name, lambda module: module.display.__self__.give_to(displays))
    record_charts(lambda figure: displays.show(displays.forms_of(figure), figure))


class _Functions:
    """Our functions in place of IPython's. Those act in the warm server, and in processes of the script."""

    def __init__(self) -> None:
        self._displays: Displays | None = None
        self._ids = (f"display-{number}" for number in count(1))
        self._originals: dict[str, Any] = {}
        self._handle: Any = None

    def give_to(self, displays: Displays) -> None:
        self._displays = displays

    def replace(self, module: ModuleType) -> None:
        """Replace the functions of a module; both modules have the same ones."""
        for function in (self.display, self.clear_output, self.publish_display_data):
            name = function.__name__
            self._originals.setdefault(name, getattr(module, name))
            setattr(module, name, function)
        self._handle = module.DisplayHandle

    def display(
        self,
        *objs: Any,
        include: Collection[str] | None = None,
        exclude: Collection[str] | None = None,
        transient: Mapping[str, Any] | None = None,
        display_id: Any = None,
        raw: bool = False,
        clear: bool = False,
        update: bool = False,
        **_: object,
    ) -> Any:
        """Display values, as IPython's function of this name does in a notebook."""
        displays = self._displays
        if displays is None or not displays.owned:
            return self._originals["display"](*objs)
        name = next(self._ids) if display_id is True else display_id or (transient or {}).get("display_id")
        if update and not name:
            raise TypeError("display_id required for update_display")
        if clear:
            self.clear_output(wait=True)
        if not objs and name:
            objs, raw = ({},), True
        printed = _printed(objs)
        for value in objs:
            is_data = raw and isinstance(value, Mapping)
            rich = (
                displays.forms_of_data(value)
                if is_data
                else displays.forms_of(value, include or (), exclude or ())
            )
            show = displays.update if update else displays.show
            show(rich, value, printed, str(name or ""))
            printed = ""
        return self._handle(name) if display_id else None

    def clear_output(self, wait: bool = False) -> None:
        """Clear what the cell has shown so far: at once, or as soon as it shows something else."""
        if self._displays and self._displays.owned:
            self._displays.clear(wait=wait)
        else:
            self._originals["clear_output"](wait)

    def publish_display_data(self, data: Mapping[str, Any], *_: object, **options: Any) -> None:
        """Display forms that a script gives itself."""
        self.display(data, raw=True, transient=options.get("transient"), update=options.get("update", False))


def _printed(values: Collection[object]) -> str:
    """Return what Python prints of values; nothing where that would fail."""
    try:
        return " ".join(map(str, values)) + "\n"
    except Exception:
        return ""
