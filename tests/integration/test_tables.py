"""Displayed tables, rendered by the real Marp: laid out and coloured, whatever HTML a deck allows."""

from __future__ import annotations

import importlib
import re
from pathlib import Path
from typing import Any

import pytest

from deckwright.compose.compose import compose
from deckwright.compose.table import tables_of
from deckwright.marp.renderer import MarpRenderer
from deckwright.model import Display, Output, RenderRequest, Result, Rich
from integration.tabs import Tabs
from support.course import SCRIPT, course_of, deck_of
from support.rendering import render

pytestmark = pytest.mark.integration

GROUPED = """<style>#x { background-color: gold } td { position: fixed }</style><table><caption>Best</caption>
<thead><tr><th></th><th colspan="2">loss</th></tr><tr><th>model</th><th>min</th><th>max</th></tr></thead>
<tbody><tr><th rowspan="2">mlp</th><td id="x">0.5</td><td>1</td></tr><tr><td onclick="x">0.25</td><td>22</td>
</tr></tbody></table>"""

SHAPE = """[...document.querySelectorAll('section tr')].map((row) => [row.parentElement.tagName,
  ...[...row.cells].map((cell) => [cell.tagName, cell.rowSpan, cell.colSpan, cell.textContent,
    cell.getAttribute('style') ?? ''].join(' '))])"""

RIGHT = "text-align:right"
LAID_OUT = [
    ["THEAD", "TH 1 1  ", f"TH 1 2 loss {RIGHT};text-align:center"],
    ["THEAD", "TH 1 1 model ", f"TH 1 1 min {RIGHT}", f"TH 1 1 max {RIGHT}"],
    [
        "TBODY",
        "TH 2 1 mlp text-align:left;vertical-align:top",
        f"TD 1 1 0.5 {RIGHT};background-color:gold;color:black",
        f"TD 1 1 1 {RIGHT}",
    ],
    ["TBODY", f"TD 1 1 0.25 {RIGHT}", f"TD 1 1 22 {RIGHT}"],
]


@pytest.mark.parametrize("settings", [{}, {"html": True}, {"html": False}], ids=str)
@pytest.mark.parametrize("place", ["{}", "- item\n\n  {}", "> {}"], ids=["top", "list", "quote"])
def test_a_table_has_its_layout(
    renderer: MarpRenderer, tabs: Tabs, tmp_path: Path, settings: dict[str, Any], place: str
) -> None:
    prefix = place.rpartition("\n")[2].replace("{}", "")
    fence = f"```text output=../snippets/a.py\n{prefix}```"
    course = course_of(place.format(fence) + "\n", {SCRIPT: "n = 1\n"})
    result = Result(SCRIPT, "cpu", 0.1, (Output((Rich({"text/html": GROUPED, "text/plain": "loss"}),)),))
    source = tmp_path / "deck.md"
    source.write_text(compose(deck_of(course), course, {SCRIPT: result}).text, "utf-8")
    page = render(renderer, RenderRequest("deck.md", tmp_path, source, settings=settings), "html").paths[
        "html"
    ]
    tab = tabs.open(page.as_uri())
    assert tab.wait(SHAPE) == LAID_OUT
    assert "lint" not in tab.ask("document.body.textContent")


UNBROKEN = ("2026-03-01", "1.5e-05", "2026-03-01T08:30", "1e-3-2j")
BROKEN = ("-1.5", "a-b", "2026-03-01 08:30", "well-known", "1-")


def test_dates_and_numbers_are_not_broken_at_their_hyphens(renderer: MarpRenderer, tmp_path: Path) -> None:
    cells = "".join(f"<td>{text}</td>" for text in (*UNBROKEN, *BROKEN))
    html = f"<table><tr><th>x</th>{cells}</tr></table>"
    result = Result(SCRIPT, "cpu", 0.1, (Output((Rich({"text/html": html, "text/plain": "x"}),)),))
    course = course_of("```text output=../snippets/a.py\n```\n", {SCRIPT: "n = 1\n"})
    source = tmp_path / "deck.md"
    source.write_text(compose(deck_of(course), course, {SCRIPT: result}).text, "utf-8")
    page = (
        render(renderer, RenderRequest("deck.md", tmp_path, source), "html").paths["html"].read_text("utf-8")
    )
    found = re.findall(r"<td([^>]*)>([^<]+)</td>", page)
    assert [text for attributes, text in found if "nowrap" in attributes] == list(UNBROKEN)
    assert [text for _, text in found] == [*UNBROKEN, *BROKEN]


def _displayed(name: str, make: str) -> str:
    pytest.importorskip(name)
    known = {part: importlib.import_module(part) for part in (name.partition(".")[0], "numpy")}
    return tables_of(eval(make, known)._repr_html_(), Display())


FRAME = "pandas.DataFrame({'model': ['mlp', 'mlp', 'cnn'], 'lr': [.1, .01, .1], 'loss': [1.5, .7, .4]})"


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize(
    ("name", "make", "tables", "words"),
    [
        ("pandas", FRAME, 1, ["1\\.5"]),
        ("pandas", f"{FRAME}.groupby(['model', 'lr']).mean()", 1, ["| model | lr | loss |", '"uhd"']),
        (
            "pandas",
            f"{FRAME}.style.highlight_max(subset='loss', color='gold').set_caption('B')",
            1,
            ["gold", "**B**"],
        ),
        ("polars", "polars.DataFrame({'a': [1], 'b': ['x']})", 1, ["i64", "shape"]),
        (
            "statsmodels.api",
            "statsmodels.api.OLS(numpy.arange(9.) ** 2, numpy.arange(9.)).fit().summary()",
            3,
            ["Durbin", "Notes", "**OLS Regression Results**"],
        ),
        (
            "statsmodels.api",
            "statsmodels.api.Logit(numpy.arange(9) % 2, numpy.arange(9.)).fit(disp=0).summary2()",
            2,
            ["Logit", "| x1 |"],
        ),
        (
            "statsmodels.api",
            "statsmodels.api.OLS(numpy.arange(9.) ** 2, numpy.arange(9.)).fit().summary().tables[1]",
            1,
            ["std err"],
        ),
        (
            "sklearn.model_selection",
            "sklearn.model_selection.GridSearchCV(sklearn.linear_model.Ridge(), {'alpha': [1, 2]})",
            0,
            [],
        ),
        ("sklearn.linear_model", "sklearn.linear_model.LogisticRegression().fit([[0], [1]], [0, 1])", 0, []),
        ("sklearn.pipeline", "sklearn.pipeline.make_pipeline(None)", 0, []),
    ],
    ids=[
        "frame",
        "groups",
        "styler",
        "polars",
        "statsmodels",
        "summary2",
        "one table",
        "search",
        "estimator",
        "pipeline",
    ],
)
def test_the_libraries_of_today(name: str, make: str, tables: int, words: list[str]) -> None:
    shown = _displayed(name, make)
    assert shown.count("\n| ---") == tables
    assert all(word in shown for word in words)
