"""Charts that cells display: their names."""

import json
from typing import Any

import pytest

from deckwright.compose.charts import chart_of

PLOTLY = "application/vnd.plotly.v1+json"
VEGA_LITE = "application/vnd.vegalite.v6+json"


@pytest.mark.parametrize(
    ("kind", "specification", "name"),
    [
        (PLOTLY, {"layout": {"title": {"text": "Loss"}}}, "Plotly chart: Loss"),
        (PLOTLY, {"layout": {"title": "Loss"}}, "Plotly chart: Loss"),
        (PLOTLY, {"layout": {"title": {"text": "<b>a</b><br>b  c\nd"}}}, "Plotly chart: a b c d"),
        (PLOTLY, {"layout": {"title": {"text": "a < b"}}}, "Plotly chart: a < b"),
        (PLOTLY, {"layout": {"title": {"text": "x" * 500}}}, f"Plotly chart: {'x' * 120}…"),
        (PLOTLY, {"data": [], "title": "not its own", "layout": {}}, "Plotly chart"),
        (PLOTLY, {"layout": {"title": 7}}, "Plotly chart"),
        (PLOTLY, [1], "Plotly chart"),
        (VEGA_LITE, {"title": "Loss"}, "Vega-Lite chart: Loss"),
        (VEGA_LITE, {"title": {"text": ["Loss", "of both"]}}, "Vega-Lite chart: Loss of both"),
        (VEGA_LITE, {"title": {"text": ["Loss", 7, {}]}}, "Vega-Lite chart: Loss"),
        ("application/vnd.vegalite.v5.20+json", {}, "Vega-Lite chart"),
        ("application/json", {"title": "Loss"}, ""),
        ("text/html", {}, ""),
    ],
)  # fmt: skip
def test_the_name_of_a_chart(kind: str, specification: Any, name: str) -> None:
    chart = chart_of({"text/plain": "x", kind: json.dumps(specification)})
    assert (chart.name if chart else "") == name


@pytest.mark.parametrize("text", ["", "{", "[" * 100_000, "null", "\ud800"])
def test_a_text_that_is_no_specification(text: str) -> None:
    chart = chart_of({PLOTLY: text})
    assert chart
    assert (chart.name, chart.specification) == ("Plotly chart", "")
