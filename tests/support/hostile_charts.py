"""Specifications of charts that try to run, load or open something, or never end."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from support.hostile import CANARY

PLOTLY = "application/vnd.plotly.v1+json"
VEGA_LITE = "application/vnd.vegalite.v6+json"

_RUN = f"{CANARY};parent.postMessage(1,'*')"
"""What must never run, in the page or in a frame of it, which cannot set a variable of the page."""


def hostile_plotly(to: str) -> Mapping[str, dict[str, Any]]:
    """Return figures of Plotly by what they try; `to` is an address that nobody may ask."""
    link = f'<a href="javascript:{_RUN}">x</a><a href="{to}/link" target="_top">y</a>'
    tags = f"<script>{_RUN}</script><img src={to}/img onerror={_RUN}><b onclick='{_RUN}'>z</b>"
    line = {"type": "scatter", "x": [1, 2], "y": [3, 4]}
    picture = {"xref": "paper", "yref": "paper", "x": 0, "y": 1, "sizex": 1, "sizey": 1}
    button = {"label": "x", "method": "relayout", "args": [{"images[0].source": f"{to}/button"}]}
    return {
        "links": {
            "data": [{**line, "text": [link, tags], "mode": "text", "name": link, "hovertemplate": tags}],
            "layout": {
                "title": {"text": link + tags},
                "annotations": [{"text": link, "x": 1, "y": 3}],
                "xaxis": {"title": {"text": tags}, "tickvals": [1, 2], "ticktext": [link, tags]},
            },
        },
        "pictures": {
            "data": [line, {"type": "image", "source": f"{to}/trace"}],
            "layout": {
                "images": [
                    {**picture, "source": f"{to}/source"},
                    {**picture, "source": f"data:image/svg+xml,<svg onload='{_RUN}'/>"},
                    {**picture, "source": f"javascript:{_RUN}"},
                ],
                "updatemenus": [{"buttons": [button]}],
            },
        },
        "markup": {"data": [line], "layout": {"title": {"text": f"</script></svg></section><script>{_RUN}"}}},
        "fonts": {
            "data": [line],
            "layout": {"font": {"family": f"x;}}</style><img src={to}/f>", "color": f"url({to}/c)"}},
        },
        "settings": {
            "data": [line],
            "layout": {"template": {"layout": {"images": [{**picture, "source": f"{to}/template"}]}}},
            "config": {"plotlyServerURL": f"{to}/server", "topojsonURL": f"{to}/topo", "setBackground": _RUN},
        },
        "prototype": json.loads(
            '{"data": [], "layout": {"__proto__": {"x": 1}, "constructor": {"prototype": 2}}}'
        ),
    }


def hostile_maps(to: str) -> Mapping[str, dict[str, Any]]:
    """Return figures of Plotly that would load a map."""
    return {
        "globe": {"data": [{"type": "scattergeo", "lat": [1], "lon": [1]}]},
        "countries": {"data": [{"type": "choropleth", "geojson": f"{to}/geo", "locations": ["a"], "z": [1]}]},
        "tiles": {
            "data": [{"type": "scattermap", "lat": [1], "lon": [1]}],
            "layout": {"map": {"style": f"{to}/style"}},
        },
    }


def hostile_vega_lite(to: str) -> Mapping[str, dict[str, Any]]:
    """Return Vega-Lite charts by what they try."""
    rows = {"values": [{"a": 1, "b": f"{to}/row", "c": f"javascript:{_RUN}", "image": f"{to}/tip"}]}
    point: dict[str, Any] = {"data": rows, "mark": "point"}
    place = {"x": {"field": "a", "type": "quantitative"}}
    code = f"constructor.constructor('{_RUN}')()"
    return {
        "links": {**point, "encoding": {**place, "href": {"field": "c"}, "tooltip": {"content": "data"}}},
        "pictures": {
            "data": rows,
            "mark": {"type": "image", "url": f"{to}/mark"},
            "encoding": {**place, "url": {"field": "b"}},
        },
        "expressions": {
            **point,
            "transform": [{"calculate": code, "as": "d"}, {"filter": f"window.{CANARY}"}],
            "encoding": {**place, "y": {"field": "d", "type": "quantitative"}},
            "params": [{"name": "p", "expr": code}],
        },
        "inputs": {
            **point,
            "encoding": place,
            "params": [
                {
                    "name": "p",
                    "value": 1,
                    "bind": {"input": "range", "onfocus": _RUN, "autofocus": "1", "element": "body"},
                }
            ],
        },
        "settings": {
            **point,
            "$schema": f"{to}/schema",
            "encoding": place,
            "usermeta": {
                "embedOptions": {
                    "loader": {"baseURL": to},
                    "config": f"{to}/config",
                    "ast": False,
                    "defaultStyle": f"<img src={to}/s>",
                }
            },
            "config": {"font": f"x'></style><img src={to}/font>", "background": f"url({to}/back)"},
        },
        "markup": {**point, "encoding": place, "title": f"</script></svg></section><script>{_RUN}</script>"},
    }


def addressed_data(to: str) -> Mapping[str, dict[str, Any]]:
    """Return Vega-Lite charts that would load their data."""
    data = {"url": f"{to}/data"}
    other = {"from": {"data": data, "key": "k", "fields": ["v"]}, "lookup": "k"}
    return {
        "data": {"data": data, "mark": "bar"},
        "lookup": {"data": {"values": [{"k": 1}]}, "mark": "bar", "transform": [other]},
        "layer": {"layer": [{"data": data, "mark": "bar"}]},
    }


ENDLESS = {
    "data": {"sequence": {"start": 0, "stop": 1e9}},
    "mark": "point",
    "encoding": {"x": {"field": "data"}},
}
"""A chart of a billion points."""
