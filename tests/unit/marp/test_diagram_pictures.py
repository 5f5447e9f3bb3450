"""Pictures of diagrams that have files of their own."""

from __future__ import annotations

import pytest

from deckwright.marp.diagram_pictures import diagram_page, drawing_of
from deckwright.marp.diagrams import DrawAnswer
from deckwright.model import DiagramSource

SOURCE = DiagramSource("mermaid", "graph\n a-->b\n", path="figures/a.mmd")
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="-4 0 20 10">{}</svg>'


def faces(characters: frozenset[str], weights: frozenset[int]) -> str:
    return f"/*{''.join(sorted(characters))} {sorted(weights)}*/"


def answer(svg: str = "", error: str = "", line: int = 0, trouble: str = "") -> DrawAnswer:
    return DrawAnswer(svg, error, line, trouble)


def picture(content: str) -> str:
    return drawing_of(SOURCE, answer(SVG.format(content)), faces).picture


def test_a_picture_has_its_paper_and_its_font() -> None:
    made = picture('<text>ba</text><text font-weight="bold">c</text>')
    assert '<rect x="-4" y="0" width="20" height="10" fill="#ffffff">' in made
    assert "<style>/*abc [400, 700]*/</style>" in made
    assert "<style>/*a [400]*/</style>" in picture('<text font-weight="500">a</text>')
    assert "<style>/*a [400, 700]*/</style>" in picture('<text font-weight="600">a</text>')


def test_a_picture_has_the_parts_of_letters_that_are_drawn_as_two() -> None:
    assert "<style>/*\u0e32\u0e33\u0e4d [400]*/</style>" in picture("<text>\u0e33</text>")


def test_a_picture_is_the_same_whatever_else_is_drawn() -> None:
    content = '<marker id="diagram-{0}-1"/><path marker-end="url(#diagram-{0}-1)"/><text>diagram-3-1</text>'
    first, other = picture(content.format(0)), picture(content.format(12))
    assert first == other
    assert 'id="diagram-0"' in first
    assert 'marker-end="url(#diagram-0)"' in first
    assert "<text>diagram-3-1</text>" in first


@pytest.mark.parametrize(
    ("given", "slug", "line", "message"),
    [
        (answer(trouble="syntax", error="no", line=2), "diagram", 2, "this diagram does not parse: no"),
        (answer(trouble="unknown"), "diagram", 0, "names no kind"),
        (answer(trouble="drawing", error="too big"), "diagram-not-drawn", 0, "is not drawn: too big"),
        (answer(SVG.format("<script/>")), "diagram-not-drawn", 0, "<script>"),
    ],
)
def test_what_is_not_drawn_says_why(given: DrawAnswer, slug: str, line: int, message: str) -> None:
    drawing = drawing_of(SOURCE, given, faces)
    assert (drawing.picture, drawing.slug, drawing.line) == ("", slug, line)
    assert message in drawing.message


def test_text_of_a_diagram_is_no_markup_on_the_page_that_draws_it() -> None:
    hostile = DiagramSource("dot", "</pre><script>alert(1)</script><!--diagram 7-->")
    page = diagram_page([SOURCE, hostile], lambda page: "/* fonts */")
    assert "<script" not in page
    assert "<!--diagram 7-->" not in page
    assert page.count("<!--diagram ") == 2
    assert "/* fonts */</style>" in page
