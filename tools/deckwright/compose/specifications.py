"""Specifications of charts -> the same with nothing in them that would run, load or lead anywhere.

The page draws them in a frame that reaches nothing outside, too: one of the two would do.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from deckwright.frozen import dataclass

_DEEPEST = 60
_MOST_PIXELS = 4000
"""The width or height of a chart that shrinks to its slide."""


class Undrawable(ValueError):
    """A specification that cannot be drawn: why, and what to write instead."""

    def __init__(self, reason: str, hint: str) -> None:
        super().__init__(reason)
        self.hint = hint


@dataclass(frozen=True, slots=True)
class _Spot:
    """Where a value is: the names above it, the nearest last."""

    keys: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """The nearest name. `images[0].source` is a path to `source`."""
        return re.split(r"[.\[\]]+", self.keys[-1])[-1].lower() if self.keys else ""

    def below(self, key: str) -> _Spot:
        return _Spot((*self.keys, key))


_Text = Callable[[str, _Spot], str | None]
"""Returns what stays of a text; None if nothing does."""


# --- Plotly ------------------------------------------------------------------------------------

_TRACES = frozenset(
    {
        *("bar", "barpolar", "box", "candlestick", "carpet", "cone", "contour", "contourcarpet"),
        *("funnel", "funnelarea", "heatmap", "histogram", "histogram2d", "histogram2dcontour", "icicle"),
        *("image", "indicator", "isosurface", "mesh3d", "ohlc", "parcats", "parcoords", "pie", "quiver"),
        *("sankey", "scatter", "scatter3d", "scattercarpet", "scattergl", "scatterpolar"),
        *("scatterpolargl", "scattersmith", "scatterternary", "splom", "streamtube", "sunburst"),
        *("surface", "table", "treemap", "violin", "volume", "waterfall"),
    }
)
"""All kinds but maps, which Plotly loads from the network."""

_MAPS = ("geo", "map", "mapbox")
_MAP = re.compile(r"geo|map|choropleth")
_PICTURE = re.compile(r"data:image/(?:png|jpeg|gif|webp);base64,[A-Za-z0-9+/=]*")
_ADDRESS = re.compile(r"\s*(?:[a-z][a-z0-9+.-]*:\S|//)", re.IGNORECASE)
_ADDRESSES = frozenset({"accesstoken", "geojson", "href", "source", "sourcesrc", "src", "topojsonurl", "url"})
"""Names of what Plotly takes for an address."""

_TAG = re.compile(r"</?([A-Za-z][\w-]*)[^<>]*>")
_FORMATS = frozenset({"b", "br", "em", "extra", "i", "s", "strong", "sub", "sup", "u"})
"""Tags in Plotly's texts that change only how they look."""


def plotly_specification(specification: Mapping[str, Any]) -> dict[str, Any]:
    """Return a figure of Plotly with nothing that runs or loads something; raises Undrawable."""
    data = specification.get("data", [])
    if not isinstance(data, list) or not all(isinstance(trace, dict) for trace in data):
        raise Undrawable("its data are no list of traces", "display the figure itself")
    for trace in data:
        kind = trace.get("type") or "scatter"
        if kind not in _TRACES:
            reason = f"'{kind}' needs a map from the network" if _MAP.search(str(kind)) else f"no '{kind}'"
            raise Undrawable(reason, "write a picture of it into figures/ (fig.write_image), and show that")
    parts = {key: specification.get(key) for key in ("data", "layout", "frames")}
    clean = {key: _clean(part, _Spot((key,)), _plotly_text) for key, part in parts.items() if part}
    _bound_size(clean.get("layout"))
    return clean


def _plotly_text(text: str, spot: _Spot) -> str | None:
    if spot.key in _ADDRESSES:
        return text if _PICTURE.fullmatch(text) else None
    if spot.key in ("args", "args2") and _ADDRESS.match(text):  # what a button would set
        return None
    return _TAG.sub(_plotly_tag, text)


def _plotly_tag(match: re.Match[str]) -> str:
    name, slash = match[1].lower(), "/" if match[0].startswith("</") else ""
    return f"<{slash}{name}>" if name in _FORMATS else ""


# --- Vega-Lite ---------------------------------------------------------------------------------

_THEME = re.compile(r"[a-z0-9]{1,40}")
"""The name of one of the themes that vega-embed has, which altair passes on."""

_NEEDLESS = frozenset({"$schema", "href", "usermeta"})
_INPUT = frozenset({"debounce", "input", "labels", "max", "min", "name", "options", "placeholder", "step"})
"""What the control of a parameter may say: everything else becomes an attribute of an element."""


def vega_lite_specification(specification: Mapping[str, Any]) -> dict[str, Any]:
    """Return a Vega-Lite chart with nothing that runs or loads something; raises Undrawable."""
    rest = {key: value for key, value in specification.items() if key not in _NEEDLESS}
    clean: dict[str, Any] = _clean(rest, _Spot(), _vega_text)
    _bound_size(clean)
    match specification.get("usermeta"):
        case {"embedOptions": {"theme": str(theme)}} if _THEME.fullmatch(theme):
            clean["usermeta"] = {"embedOptions": {"theme": theme}}
    return clean


def _vega_text(text: str, spot: _Spot) -> str | None:
    if spot.keys[-2:] == ("data", "url"):
        hint = "load the data in the script, with pandas for example, and give them to the chart"
        raise Undrawable(f"its data are at an address, {text[:60]!r}", hint)
    if spot.key == "url" or spot.keys[-2:] == ("url", "value"):
        return text if _PICTURE.fullmatch(text) else None
    return text


# --- values ------------------------------------------------------------------------------------


def _clean(value: Any, spot: _Spot, text: _Text) -> Any:
    if len(spot.keys) > _DEEPEST:
        raise Undrawable("it is nested too deeply", "display a chart that is made of fewer parts")
    match value:
        case str():
            return text(value, spot)
        case float() if not math.isfinite(value):
            return None
        case list():
            return [_clean(item, spot, text) for item in value]
        case dict():
            return dict(_cleaned_items(value, spot, text))
        case _:
            return value


def _cleaned_items(value: Mapping[str, Any], spot: _Spot, text: _Text) -> Iterator[tuple[str, Any]]:
    for key, item in value.items():
        if _are_rows(key, spot):
            yield key, item
        elif _stays(key, spot):
            clean = _clean(item, spot.below(key), text)
            if clean is not None or item is None:
                yield key, clean


def _are_rows(key: str, spot: _Spot) -> bool:
    """Whether a value is data of Vega-Lite, in which names are those of columns and texts are only shown."""
    return (spot.key, key) == ("data", "values") or spot.keys == ("datasets",)


def _stays(key: str, spot: _Spot) -> bool:
    if key in _NEEDLESS or (spot.key == "layout" and key in _MAPS):
        return False
    return spot.key != "bind" or key in _INPUT


def _bound_size(sized: Any) -> None:
    """Remove a width or a height that no picture has."""
    for key in ("width", "height") if isinstance(sized, dict) else ():
        size = sized.get(key)
        if isinstance(size, bool) or (isinstance(size, int | float) and not 20 <= size <= _MOST_PIXELS):
            del sized[key]
