"""The forms of a displayed value: what a notebook gets from it, one text per media type."""

from __future__ import annotations

import base64
import json
import re
import sys
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from itertools import chain
from typing import Any, NamedTuple

from deckwright.child.display.charts import chart_form
from deckwright.child.display.figures import is_figure, svg_text
from deckwright.model import Rich

_METHODS = {
    "text/html": "_repr_html_",
    "text/markdown": "_repr_markdown_",
    "text/latex": "_repr_latex_",
    "image/svg+xml": "_repr_svg_",
    "image/png": "_repr_png_",
    "image/jpeg": "_repr_jpeg_",
    "application/json": "_repr_json_",
}
"""The methods of a value that give its forms."""

_CHARTS = ("application/vnd.plotly.", "application/vnd.vegalite.")
_SHOWN = {"text/plain", "image/gif", *_METHODS}
"""Other forms are never on a slide. However large they are, only their media types count."""

_TABLE, _SCRIPT = re.compile("<table", re.IGNORECASE), re.compile("<script", re.IGNORECASE)

_DRAWN = (
    ("matplotlib.artist", "Artist"),
    ("matplotlib.container", "Container"),
    ("matplotlib.container", "PieContainer"),
    ("matplotlib.colorbar", "Colorbar"),
    ("matplotlib.animation", "Animation"),
    ("seaborn.axisgrid", "Grid"),
    ("seaborn.axisgrid", "_BaseGrid"),
)
"""Types of what plotting calls return: parts of a figure, which shows them."""

_LONGEST = 100


class FormLimit(NamedTuple):
    """How long a form may be. Of a longer one, just more than that is left: enough to see that it is."""

    text: int
    picture: int

    def of(self, kind: str) -> int:
        return self.text if kind.startswith("text/") else self.picture

    def cut(self, kind: str, form: str) -> str:
        return form[: self.of(kind) + 1]


def rich_of(
    value: object, most: FormLimit, include: Collection[str] = (), exclude: Collection[str] = ()
) -> Rich | None:
    """Return the forms of a value, of all media types or of some; None if it displays itself, or is drawn."""
    if chart := chart_form(value):
        kind, form = chart
        return Rich({kind: most.cut(kind, form)}, type_name(value))
    if _is_drawn(value):
        return None
    forms = _Forms(most, value)
    if forms.displays_itself():
        return None
    data = forms.bundle(include, exclude)
    for kind, method in _METHODS.items():
        if kind not in data and (form := forms.call(method)) is not None:
            data[kind] = forms.shortened(kind, form)
    if is_figure(value):
        # A notebook gets the picture of a figure from matplotlib's backend.
        data["image/svg+xml"] = forms.svg()
    if "text/plain" not in data:
        data["text/plain"] = forms.shortened("text/plain", forms.text())
    chosen = {kind: form for kind, form in data.items() if not include or kind in include}
    return forms.rich({kind: form for kind, form in chosen.items() if kind not in exclude})


def rich_of_data(data: Mapping[Any, Any], most: FormLimit) -> Rich:
    """Return forms that a script gives itself: `display(data, raw=True)`."""
    return _Forms(most).rich(data)


class _Forms:
    """Asks a value for its forms, and remembers what first went wrong."""

    def __init__(self, most: FormLimit, value: object = None) -> None:
        self._most = most
        self._value = value
        self._flaw = ""

    def call(self, name: str, **arguments: object) -> Any:
        """Return what a method of the value gives; None if there is none, or it fails."""
        method = _method(self._value, name)
        result = self._try(name, lambda: method(**arguments)) if method else None
        if isinstance(result, tuple) and len(result) == 2:
            return result[0]  # the other one is metadata
        return result

    def displays_itself(self) -> bool:
        """Let a value display itself, if it can."""
        name = "_ipython_display_"
        method = _method(self._value, name)
        return method is not None and self._try(name, lambda: (method(),)) is not None

    def bundle(self, include: Collection[str], exclude: Collection[str]) -> dict[Any, Any]:
        name = "_repr_mimebundle_"
        data = self.call(name, include=include or None, exclude=exclude or None)
        if isinstance(data, Mapping):
            return self._try(name, lambda: dict(data)) or {}
        if data is not None:
            self._note(name, f"returned {_with_article(data)}")
        return {}

    def text(self) -> Any:
        return self._try("__repr__", lambda: _pretty(self._value))

    def svg(self) -> Any:
        """Return a matplotlib figure as SVG; None if it cannot be drawn."""
        return self._try("savefig", lambda: svg_text(self._value, self._most.picture))

    def shortened(self, kind: str, form: Any) -> Any:
        """Return a form of which no more is left than is needed; before others are asked for."""
        if isinstance(form, str):
            return self._most.cut(kind, _shown(kind, str.__str__(form)))
        if isinstance(form, bytes | bytearray):
            return form[: self._most.of(kind) + 1]
        return form

    def rich(self, data: Mapping[Any, Any]) -> Rich:
        texts = {kind: self._as_text(kind, form) for kind, form in data.items() if isinstance(kind, str)}
        known = {kind: text for kind, text in texts.items() if text is not None}
        return Rich(known, "" if self._value is None else type_name(self._value), self._flaw)

    def _as_text(self, kind: str, form: object) -> str | None:
        """Return a form as text, binary as base64; None for one of a wrong type."""
        form = self.shortened(kind, form)
        if isinstance(form, str):
            return form
        if isinstance(form, bytes | bytearray) and kind.startswith(("image/", "application/")):
            return base64.b64encode(form).decode("ascii")
        if form is not None and kind.endswith("json"):
            text: str | None = self._try(kind, lambda: json.dumps(form, ensure_ascii=False))
            return None if text is None else str(self.shortened(kind, text))
        if form is not None:
            method = kind if self._value is None else _METHODS.get(kind, kind)
            self._note(method, f"returned {_with_article(form)}")
        return None

    def _try(self, name: str, action: Callable[[], Any]) -> Any:
        try:
            return action()
        except NotImplementedError:
            return None
        except Exception as error:
            self._note(name, f"raised {_described(error)}")
            return None

    def _note(self, name: str, what: str) -> None:
        self._flaw = self._flaw or f"`{name}` {what}"


def _shown(kind: str, text: str) -> str:
    """Return a form, or nothing in its place if no slide can show it."""
    if kind == "text/html" and not (_TABLE.search(text) and not _SCRIPT.search(text)):
        return ""
    return text if kind in _SHOWN or kind.startswith(_CHARTS) else ""


def type_name(value: object) -> str:
    """Return how a slide names a value that it cannot show: `DataFrame (pandas)`."""
    # Not by names: they may be properties of the author's metaclass.
    name, module = (type.__dict__[each].__get__(type(value)) for each in ("__name__", "__module__"))
    return f"{name[:_LONGEST]} ({module[:_LONGEST]})" if isinstance(module, str) else name[:_LONGEST]


def _with_article(value: object) -> str:
    name = type_name(value).partition(" ")[0]
    return f"{'an' if name[:1].lower() in 'aeiou' else 'a'} {name}"


def _described(error: Exception) -> str:
    name = type_name(error).partition(" ")[0]
    try:
        text = str.partition(str(error), "\n")[0][:_LONGEST]
    except Exception:
        return name
    return f"{name}: {text}" if text else name


def _method(value: object, name: str) -> Callable[..., Any] | None:
    try:
        from IPython.utils.dir2 import get_real_method
    except ImportError:
        return None
    method: Callable[..., Any] | None = None
    with suppress(Exception):  # `__class__` may be a property
        method = get_real_method(value, name)
    return method


def _pretty(value: object) -> str:
    try:
        from IPython.lib.pretty import pretty
    except ImportError:
        return repr(value)
    text: str = pretty(value)  # type: ignore[no-untyped-call]
    return text


def _is_drawn(value: object) -> bool:
    """Whether a value is what a plotting call returns, or a collection with such values; not a figure."""
    if is_figure(value):
        return False
    modules = ((sys.modules.get(module), name) for module, name in _DRAWN)
    kinds = tuple(vars(module)[name] for module, name in modules if module and name in vars(module))
    # Not `isinstance`, which asks a value for its `__class__`.
    return bool(kinds) and any(issubclass(type(each), kinds) for each in _within(value))


def _within(value: object) -> Iterator[object]:
    """Yield a value and those in it, two levels deep, as in the dictionary of lists of `boxplot`."""
    yield value
    for item in _items(value):
        yield from chain([item], _items(item))


def _items(value: object) -> Iterable[object]:
    """Return the values in a list, a tuple, a dictionary or an array of objects."""
    for kind, items_of in ((list, list.__iter__), (tuple, tuple.__iter__), (dict, dict.values)):
        if issubclass(type(value), kind):
            return items_of(value)  # type: ignore[arg-type]
    numpy: Any = sys.modules.get("numpy")
    if numpy and issubclass(type(value), numpy.ndarray) and numpy.asarray(value).dtype == object:
        items: list[object] = numpy.asarray(value).ravel().tolist()
        return items
    return ()
