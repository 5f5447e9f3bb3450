"""Charts of a page: what stands in their places, and what makes them live."""

from __future__ import annotations

import base64
import gzip
import html
import json
import re
from dataclasses import replace
from pathlib import Path

import pytest

from deckwright.marp.charts import (
    ChartDrawing,
    Look,
    Place,
    Room,
    element_of,
    fonts_in,
    has_places,
    live_parts,
    with_charts,
)
from deckwright.model import PASSING, Chart

SVG = '<svg xmlns="http://www.w3.org/2000/svg"><text>{}</text></svg>'
CHART = Chart("plotly", '{"data":[{"x":["\'a\' </div> \\"b\\" 中"]}]}', 'Wörter "mit" <b>')
PLACE = Place(0, 17, Look("x, sans-serif", 30, "#000000", "#ffffff"), Room(1000, 400))
DRAWN = ChartDrawing(SVG.format("t"), "", 500, 250, 1.5, "")
PAGE = '<div data-deckwright-place="0 3"><p>A</p></div>x<div data-deckwright-place="1 9"><p>B</p></div>'


def test_charts_take_the_place_of_names_and_names_stay_without_one() -> None:
    assert has_places(PAGE)
    assert not has_places("<div><p>A</p></div>")
    assert with_charts(PAGE, ["<svg/>", ""]) == "<svg/>x<p>B</p>"


def test_a_chart_has_its_size_its_words_and_what_draws_it_again() -> None:
    element, trouble = element_of(CHART, PLACE, DRAWN, 7)
    assert trouble is None
    assert 'aria-label="Wörter &quot;mit&quot; &lt;b&gt;"' in element.picture
    assert (
        'style="position:relative;width:750px;height:375px;margin-left:auto;margin-right:auto"'
        in element.picture
    )
    assert 'width="750" height="375" viewBox="0 0 500 250"' in element.picture
    assert "data-" not in element.picture
    (data,) = re.findall(r'data-deckwright-chart="([^"\']*)"', element.live)
    assert json.loads(html.unescape(data)) == {
        "kind": "plotly",
        "specification": json.loads(CHART.specification),
        "look": {"font": "x, sans-serif", "pixels": 30, "ink": "#000000", "paper": "#ffffff"},
        "room": {"width": 1000, "height": 400},
        "width": 500,
        "height": 250,
        "scale": 1.5,
    }
    assert element.live.count("</p>") == 1


def test_a_picture_made_of_pixels() -> None:
    element, _ = element_of(CHART, PLACE, replace(DRAWN, svg="", png="iVBORw0KGgo="), 0)
    assert (
        '<img src="data:image/png;base64,iVBORw0KGgo=" alt="Wörter &quot;mit&quot; &lt;b&gt;"' in element.live
    )


def test_what_a_browser_in_trouble_did_not_draw_may_be_drawn_the_next_time() -> None:
    _, trouble = element_of(CHART, PLACE, replace(DRAWN, svg="", error="it ended", passing=True), 0)
    assert trouble
    assert trouble.slug == "chart-interrupted"
    assert trouble.slug in PASSING


@pytest.mark.parametrize(
    ("drawing", "reason"),
    [
        (replace(DRAWN, svg="", error="it is too slow"), "this chart is shown as its name: it is too slow"),
        (replace(DRAWN, svg=SVG.format("<script/>")), "its drawing holds <script>, which pages must not"),
    ],
)
def test_what_is_not_drawn_says_why(drawing: ChartDrawing, reason: str) -> None:
    element, trouble = element_of(CHART, PLACE, drawing, 0)
    assert (element.picture, element.live) == ("", "")
    assert trouble
    assert (trouble.slug, trouble.line) == ("chart-not-drawn", 17)
    assert reason in trouble.message


def test_a_page_has_each_library_once(tmp_path: Path) -> None:
    for path in (
        "vega/build/vega.min.js",
        "vega-lite/build/vega-lite.min.js",
        "vega-embed/build/vega-embed.min.js",
    ):
        file = tmp_path / "node_modules" / path
        file.parent.mkdir(parents=True)
        file.write_text(f"// {path} </script>")
        (tmp_path / "node_modules" / path.partition("/")[0] / "LICENSE").write_text("may be shown */\n")
    parts = live_parts(["vega-lite", "vega-lite"], tmp_path)
    packed = re.findall(r'data-deckwright-library="vega-lite">([^<]*)</script>', parts)
    texts = [gzip.decompress(base64.b64decode(each)).decode() for each in packed]
    assert [text.split("\n")[0] for text in texts] == ["/*! vega", "/*! vega-lite", "/*! vega-embed"]
    assert all("may be shown * /" in text for text in texts)
    assert [text.rpartition("// ")[2].split()[0] for text in texts] == [
        "vega/build/vega.min.js",
        "vega-lite/build/vega-lite.min.js",
        "vega-embed/build/vega-embed.min.js",
    ]
    assert "plotly" not in re.sub(r">.*?<", "><", parts, flags=re.DOTALL)
    assert parts.count("<script type=") == parts.count("</script>") == 5


def test_the_fonts_of_a_page_are_found_once() -> None:
    face = '@font-face{font-family:"A";src:url(data:font/woff2;base64,AA==)}'
    assert fonts_in(f"<style>b{{}}{face}</style><style>{face} c{{}}</style>") == face
