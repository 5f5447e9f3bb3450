"""Specifications of charts, with nothing in them that runs, loads or leads anywhere."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from deckwright.compose.charts import ShownChart, chart_of
from support.hostile_charts import (
    PLOTLY,
    VEGA_LITE,
    addressed_data,
    hostile_maps,
    hostile_plotly,
    hostile_vega_lite,
)

TO = "http://127.0.0.1:9"
PICTURE = "data:image/png;base64,iVBORw0KGgo="


def shown(kind: str, specification: Any) -> ShownChart:
    chart = chart_of({kind: json.dumps(specification)})
    assert chart
    return chart


def cleaned(kind: str, specification: Any) -> Any:
    return json.loads(shown(kind, specification).specification)


def texts_by_name(value: Any, name: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(value, Mapping):
        for key, item in value.items():
            yield from texts_by_name(item, key)
    elif isinstance(value, list):
        for item in value:
            yield from texts_by_name(item, name)
    elif isinstance(value, str):
        yield name, value


@pytest.mark.parametrize("what", hostile_plotly(TO))
def test_a_figure_of_plotly_keeps_no_link_and_no_source(what: str) -> None:
    clean = cleaned(PLOTLY, hostile_plotly(TO)[what])
    assert set(clean) <= {"data", "layout", "frames"}
    for name, text in texts_by_name(clean):
        assert name not in ("source", "href", "url", "images[0].source")
        assert "<a" not in text
        assert "<script" not in text


@pytest.mark.parametrize("what", hostile_vega_lite(TO))
def test_a_vega_lite_chart_keeps_no_link_and_no_source(what: str) -> None:
    clean = cleaned(VEGA_LITE, hostile_vega_lite(TO)[what])
    keys = json.dumps({key: value for key, value in clean.items() if key != "data"})
    assert not [key for key in ('"href"', '"usermeta"', '"onfocus"', '"element"', '"$schema"') if key in keys]
    assert not [text for name, text in texts_by_name(clean) if name == "url"]


@pytest.mark.parametrize(
    ("kind", "specification"),
    [
        *((PLOTLY, each) for each in hostile_maps(TO).values()),
        *((VEGA_LITE, each) for each in addressed_data(TO).values()),
        (PLOTLY, {"data": [{"type": "unheard-of"}]}),
        (PLOTLY, {"data": {}}),
        (PLOTLY, {"data": [1]}),
        (PLOTLY, [1, 2]),
        (VEGA_LITE, "x"),
        (PLOTLY, {"data": [{"x": ["y" * 5_000_000]}]}),
        (VEGA_LITE, {"layer": json.loads('{"a":' * 100 + "1" + "}" * 100)}),
    ],
)
def test_what_cannot_be_drawn_says_why_and_what_to_write(kind: str, specification: Any) -> None:
    chart = shown(kind, specification)
    assert (chart.specification, bool(chart.reason), bool(chart.hint)) == ("", True, True)


def test_what_a_figure_of_plotly_says_stays() -> None:
    said = {
        "data": [
            {"type": "scattergl", "x": {"dtype": "i1", "bdata": "AQI="}, "y": [1.5, None], "name": "a < b"},
            {"type": "sankey", "link": {"source": [0, 1], "target": [1, 0]}},
            {"type": "image", "source": PICTURE},
            {"hovertemplate": "<b>%{x}</b><br>y<extra></extra>", "text": ["https://example.com", "source"]},
        ],
        "layout": {
            "width": 500,
            "height": 300,
            "updatemenus": [{"buttons": [{"args": [{"visible": True}]}]}],
        },
        "frames": [{"name": "1", "data": [{"y": [1]}]}],
    }
    assert cleaned(PLOTLY, said) == said


def test_what_a_vega_lite_chart_says_stays() -> None:
    rows = [{"source": "https://a.example", "url": "u", "href": "h", "map": "m", "usermeta": 1}]
    said = {
        "title": "<b>",
        "data": {"values": rows},
        "datasets": {"url": rows},
        "mark": {"type": "image", "url": PICTURE},
        "width": 400,
        "encoding": {"x": {"field": "source", "scale": None}, "url": {"field": "url"}},
        "params": [
            {"name": "p", "bind": {"input": "range", "min": 1, "max": 9}},
            {"name": "q", "bind": "scales"},
        ],
    }
    assert cleaned(VEGA_LITE, said) == said


@pytest.mark.parametrize(
    ("theme", "stays"), [("dark", True), ("../x", False), (["dark"], False), ({}, False)]
)
def test_only_the_theme_of_what_altair_passes_on_stays(theme: Any, stays: bool) -> None:
    meta = {"embedOptions": {"theme": theme, "loader": {"baseURL": TO}}, "x": 1}
    usermeta = {"usermeta": {"embedOptions": {"theme": theme}}} if stays else {}
    assert cleaned(VEGA_LITE, {"mark": "bar", "usermeta": meta}) == {"mark": "bar", **usermeta}


@pytest.mark.parametrize("size", [1e9, -5, 0, True, 5])
def test_a_size_that_no_picture_has_is_left_out(size: float) -> None:
    assert cleaned(PLOTLY, {"data": [], "layout": {"width": size, "height": 300}})["layout"] == {
        "height": 300
    }
    assert cleaned(VEGA_LITE, {"mark": "bar", "height": size}) == {"mark": "bar"}


def test_numbers_that_are_none_are_missing() -> None:
    chart = chart_of({PLOTLY: '{"data": [{"y": [NaN, Infinity, 1]}]}'})
    assert chart
    assert json.loads(chart.specification)["data"] == [{"y": [None, None, 1]}]
