"""Diagrams of a page: what is made safe, what stays code, and why."""

from __future__ import annotations

import pytest

from deckwright.marp.diagrams import DrawAnswer, drawings_of, with_drawings
from deckwright.model import DiagramSource

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1">{}</svg>'
PAGE = "<h1>a</h1><!--diagram 0--><pre>A</pre><!--/diagram--><!--diagram 1--><pre>B</pre><!--/diagram-->"
ONE = DiagramSource("mermaid", "graph\n", "one")
MINDMAP = DiagramSource("mermaid", "mindmap\n")


def answer(svg: str = "", error: str = "", line: int = 0, trouble: str = "") -> DrawAnswer:
    return DrawAnswer(svg, error, line, trouble)


def test_drawings_take_the_place_of_code_and_code_stays_without_one() -> None:
    assert with_drawings(PAGE, ("<svg/>", "")) == "<h1>a</h1><p><svg/></p><pre>B</pre>"


@pytest.mark.parametrize(
    ("source", "second", "slug", "line", "message"),
    [
        (MINDMAP, answer(trouble="syntax", error="no", line=1), "diagram", 9, "does not parse: no"),
        (MINDMAP, answer(trouble="unknown"), "diagram-not-drawn", 8, "a mindmap cannot be drawn"),
        (MINDMAP, answer(trouble="drawing", error="no"), "diagram-not-drawn", 8, "stays code"),
        (MINDMAP, answer(svg=SVG.format("<script/>")), "diagram-not-drawn", 8, "<script>"),
        (DiagramSource("mermaid", "grpah\n"), answer(trouble="unknown"), "diagram", 8, "names no kind"),
        (
            DiagramSource("dot", "a", path="figures/a.dot"),
            answer(trouble="syntax", error="no", line=2),
            "diagram",
            8,
            "no (figures/a.dot, line 2)",
        ),
    ],
)
def test_what_is_not_drawn_says_why_and_where(
    source: DiagramSource, second: DrawAnswer, slug: str, line: int, message: str
) -> None:
    drawn, found = drawings_of(PAGE, {3: ONE, 8: source}, [answer(svg=SVG.format("")), second])
    assert 'aria-label="one"' in drawn[0]
    assert drawn[1] == ""
    (only,) = found
    assert (only.slug, only.line) == (slug, line)
    assert message in only.message
