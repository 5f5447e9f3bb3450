"""Charts of Plotly and altair: made by the libraries themselves."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from deckwright.marp.renderer import MarpRenderer
from deckwright.marp.web_fonts import FontPackages
from deckwright.model import Chart, RenderRequest
from integration.in_process import deckwright
from integration.shell import report_of, write
from integration.tabs import Tabs
from support.hostile_charts import ENDLESS
from support.rendering import RenderedFiles, render

pytestmark = pytest.mark.integration

COURSE_THEME = Path(__file__).parents[2] / "slides/themes/deckwright.css"

PLOTLY = """
# %% shown
import plotly.graph_objects as go

figure = go.Figure(go.Scatter(x=[1, 2, 3], y=[3, 1, 2]), {"title": "Loss"})
figure

# %% again
from IPython.display import display

print("before")
display(figure)
figure.show()
print("after")

# %% express
import plotly.express as px

px.bar(x=["a", "b"], y=[1, 2], title="Bars")
"""
ALTAIR = """
# %% shown
import altair as alt
import pandas as pd

rows = pd.DataFrame({"step": range(6000), "loss": [1 / (n + 1) for n in range(6000)]})
chart = alt.Chart(rows, title="Loss").mark_line().encode(x="step", y="loss")
chart

# %% again
chart.show()
chart | chart
"""


def test_charts_are_named(tmp_path: Path) -> None:
    pytest.importorskip("plotly")
    pytest.importorskip("altair")
    outputs = ["p.py#shown", "p.py#again", "p.py#express", "v.py#shown", "v.py#again"]
    deck = "---\nmarp: true\n---\n\n" + "\n\n---\n\n".join(
        f"```text output=../snippets/{each}\n```" for each in outputs
    )
    files = {"slides/a.md": deck, "snippets/p.py": PLOTLY, "snippets/v.py": ALTAIR}
    write(tmp_path, {"pyproject.toml": "[tool.deckwright]\n", **files})
    deckwright(tmp_path, "sync", "--yes")
    bodies = (tmp_path / "slides/a.md").read_text("utf-8").split("```")[1::2]
    assert [body.split("\n", 1)[1].rstrip("\n").split("\n") for body in bodies] == [
        ["Plotly chart: Loss"],
        ["before", "Plotly chart: Loss", "Plotly chart: Loss", "after"],
        ["Plotly chart: Bars"],
        ["Vega-Lite chart: Loss"],
        ["Vega-Lite chart: Loss", "Vega-Lite chart"],
    ]
    assert deckwright(tmp_path, "sync", "--yes").code == 0
    assert (tmp_path / "slides/a.md").read_text("utf-8").split("```")[1::2] == bodies


LINE = {"data": [{"type": "scatter", "x": [1, 2, 3], "y": [3, 1, 2]}], "layout": {"title": {"text": "损失"}}}
ROWS = {"data": {"values": [{"a": 1, "b": 2}, {"a": 2, "b": 1}]}, "title": "Ins Innere"}
POINTS = {**ROWS, "mark": "point", "encoding": {"x": {"field": "a", "type": "quantitative"}}}
VIEWS = {**ROWS, "hconcat": [{"mark": "bar", "encoding": POINTS["encoding"]}] * 2}
SPACE = {"data": [{"type": "surface", "z": [[1, 2], [3, 1]]}]}
CROWD = {"data": [{"type": "scatter", "mode": "markers", "y": [n % 97 for n in range(20_000)]}]}
SMALL = {
    "data": LINE["data"],
    "layout": {"width": 300, "height": 200, "template": {"layout": {"paper_bgcolor": "white"}}},
}
WIDE = {**POINTS, "width": 3000, "height": 900}


def chart(kind: str, specification: object) -> Chart:
    return Chart(kind, json.dumps(specification, ensure_ascii=False), "Words")


def deck_of(slides: Sequence[str], theme: str = "default") -> str:
    return f"---\nmarp: true\ntheme: {theme}\n---\n\n" + "\n\n---\n\n".join(slides)


def place(number: int) -> str:
    return f"<!-- lint ignore deckwright-chart {number} -->\n\nName"


def made(
    renderer: MarpRenderer, folder: Path, text: str, charts: Sequence[Chart], *formats: str, **more: Any
) -> RenderedFiles:
    source = folder / "slides/deck.md"
    source.parent.mkdir(parents=True, exist_ok=True)
    source.write_text(text, "utf-8")
    return render(
        renderer, RenderRequest("slides/deck.md", folder, source, charts=tuple(charts), **more), *formats
    )


def page_of(files: RenderedFiles) -> str:
    return files.paths["html"].read_text("utf-8")


@pytest.mark.parametrize("theme", ["default", "gaia", "uncover", "deckwright"])
def test_charts_in_html_and_pdf(renderer: MarpRenderer, tmp_path: Path, theme: str) -> None:
    themes = (COURSE_THEME,) if theme == "deckwright" else ()
    charts = [chart("plotly", LINE), chart("vega-lite", POINTS), chart("vega-lite", VIEWS)]
    slides = [
        f"# a\n\n{place(0)}",
        f"<!-- _class: invert -->\n\n{place(1)}",
        f"- item\n\n  {place(2).replace('Name', '  Name')}",
    ]
    web_fonts = FontPackages()([theme])
    files = made(renderer, tmp_path, deck_of(slides, theme), charts, themes=themes, web_fonts=web_fonts)
    assert files.diagnostics == ()
    page = page_of(files)
    assert page.count("data-deckwright-chart=") == 3
    assert page.count('role="img" aria-label="Words"') == 3
    assert page.count('data-deckwright-library="plotly"') == 1
    assert page.count('data-deckwright-library="vega-lite"') == 3
    # Its spaces may have another font than its letters, which pypdf takes for another space.
    pages = [" ".join(each.extract_text().split()) for each in PdfReader(files.paths["pdf"]).pages]
    assert "损失" in pages[0]
    assert "Ins Innere" in pages[1]
    assert not [text for text in pages if "Name" in text]


def test_a_page_loads_only_what_its_charts_need(renderer: MarpRenderer, tmp_path: Path) -> None:
    points = page_of(made(renderer, tmp_path, deck_of([place(0)]), [chart("vega-lite", POINTS)], "html"))
    assert 'library="vega-lite"' in points
    assert 'library="plotly"' not in points
    assert "deckwright-library" not in page_of(made(renderer, tmp_path, deck_of([place(0)]), [], "html"))


def test_the_colours_and_sizes_are_those_of_the_slide(renderer: MarpRenderer, tmp_path: Path) -> None:
    style = "<style scoped>section { color: #fedcba; background: #010203 }</style>\n\n"
    charts = [
        chart("plotly", LINE),
        chart("vega-lite", POINTS),
        chart("plotly", SMALL),
        chart("vega-lite", WIDE),
    ]
    deck = deck_of([style + place(number) for number in range(4)])
    svgs = re.findall(
        r'<svg [^>]*role="img".*?</svg>', page_of(made(renderer, tmp_path, deck, charts, "html"))
    )
    assert ["rgb(254, 220, 186)" in svg or "#fedcba" in svg for svg in svgs] == [True, True, False, True]
    sizes = [
        [float(re.search(rf' {name}="([\d.]+)"', svg)[1]) for name in ("width", "height")] for svg in svgs
    ]  # type: ignore[index]
    assert sizes[2] == [300, 200]
    assert all(1000 < width < 1200 and height < 620 for width, height in (sizes[0], sizes[1], sizes[3]))


def test_the_same_charts_are_the_same_bytes(tmp_path: Path) -> None:
    charts = [chart("plotly", LINE), chart("vega-lite", VIEWS), chart("plotly", SPACE)]
    pages = set()
    for _ in range(2):
        with MarpRenderer() as renderer:
            files = made(renderer, tmp_path, deck_of([place(0), place(1), place(2)]), charts, "html")
            assert files.diagnostics == ()
            pages.add(page_of(files))
    assert len(pages) == 1


def test_a_large_drawing_is_made_of_pixels(renderer: MarpRenderer, tmp_path: Path) -> None:
    files = made(renderer, tmp_path, deck_of([place(0)]), [chart("plotly", CROWD)], "html")
    assert '<img src="data:image/png;base64,' in page_of(files)


@pytest.mark.parametrize(
    ("specification", "slug", "reason"),
    [
        (ENDLESS, "chart-interrupted", "it takes longer than|memory"),
        ({"mark": "unheard-of", "data": {"values": [{}]}}, "chart-not-drawn", "what draws it says: ."),
        ({}, "chart-not-drawn", "what draws it says: ."),
    ],
)
def test_what_cannot_be_drawn_is_a_name(
    renderer: MarpRenderer, tmp_path: Path, specification: dict[str, Any], slug: str, reason: str
) -> None:
    charts = [chart("vega-lite", specification), chart("vega-lite", POINTS)]
    files = made(renderer, tmp_path, deck_of([f"# a\n\n{place(0)}", place(1)]), charts, "html")
    (found,) = files.diagnostics
    assert (found.slug, found.line) == (slug, 10)
    assert re.search(reason, found.message), found.message
    page = page_of(files)
    assert "<p>Name</p>" in page
    assert page.count("data-deckwright-chart=") == 1


LIVE = "document.querySelector('.bespoke-marp-active [data-live]') !== null"


def test_a_chart_is_live_where_it_is_shown(renderer: MarpRenderer, tabs: Tabs, tmp_path: Path) -> None:
    charts = [chart("plotly", LINE), chart("vega-lite", POINTS), chart("plotly", SPACE)]
    files = made(renderer, tmp_path, deck_of([place(0), place(1), place(2), "# end"]), charts, "html")
    tab = tabs.open(files.paths["html"].as_uri())
    assert tab.wait(LIVE)
    assert tab.ask("document.querySelectorAll('[data-live]').length") == 1
    assert tab.ask("document.querySelector('iframe').getAttribute('sandbox')") == "allow-scripts"
    assert tab.ask("document.querySelector('iframe').contentDocument") is None
    assert tab.ask("document.querySelector('iframe').title") == "Words"
    assert tab.ask("performance.getEntriesByType('resource').length") == 0
    for number in (2, 3):
        tab.ask("document.querySelector('.bespoke-marp-active iframe').focus()")
        tab.press("ArrowRight")  # in the frame, for the deck
        assert tab.wait(f"location.hash === '#{number}'")
        assert tab.wait(LIVE)


def test_a_slide_that_is_replaced_is_live_again(renderer: MarpRenderer, tabs: Tabs, tmp_path: Path) -> None:
    files = made(renderer, tmp_path, deck_of([place(0)]), [chart("plotly", LINE)], "html")
    tab = tabs.open(files.paths["html"].as_uri())
    tab.ask("window.before = document.querySelector('svg[data-marpit-svg]').innerHTML")
    assert tab.wait(LIVE)
    tab.ask("document.querySelector('svg[data-marpit-svg]').innerHTML = window.before")
    assert not tab.ask(LIVE)
    assert tab.wait(LIVE)


def test_a_chart_is_no_picture_file(tmp_path: Path) -> None:
    pytest.importorskip("plotly")
    script = "import plotly.graph_objects as go\n\n# %%\n#| label: loss\ngo.Figure()\n"
    deck = "---\nmarp: true\n---\n\n![Loss](../figures/loss.svg)\n"
    write(tmp_path, {"pyproject.toml": "[tool.deckwright]\n", "slides/a.md": deck, "snippets/p.py": script})
    assert (
        "the Figure is a chart, which an output fence shows"
        in deckwright(tmp_path, "build", "--to", "html").err
    )


def test_a_check_measures_charts(tmp_path: Path) -> None:
    pytest.importorskip("plotly")
    slides = [
        "# a\n\n```text output=../snippets/p.py#shown\n```",
        "# b\n\n```text output=../snippets/p.py#express\n```",
    ]
    write(
        tmp_path,
        {"pyproject.toml": "[tool.deckwright]\n", "slides/a.md": deck_of(slides), "snippets/p.py": PLOTLY},
    )
    ran = deckwright(tmp_path, "check")
    assert ran.code == 0, ran.err
    assert report_of(tmp_path)["diagnostics"] == []
