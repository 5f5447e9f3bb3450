"""Diagrams of a page: what is made safe, what stays code, and why."""

from __future__ import annotations

import pytest

from deckwright.marp.diagrams import DrawAnswer, UnsafeDrawing, drawings_of, safe_svg, with_drawings
from deckwright.model import DiagramSource

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1">{}</svg>'
PAGE = "<h1>a</h1><!--diagram 0--><pre>A</pre><!--/diagram--><!--diagram 1--><pre>B</pre><!--/diagram-->"
ONE = DiagramSource("mermaid", "graph\n", "one")
MINDMAP = DiagramSource("mermaid", "mindmap\n")


def answer(svg: str = "", error: str = "", line: int = 0, trouble: str = "") -> DrawAnswer:
    return DrawAnswer(svg, error, line, trouble)


@pytest.mark.parametrize(
    "content",
    [
        "<script>alert(1)</script>",
        "<foreignObject><p/></foreignObject>",
        '<image href="https://example.invalid/a.png"/>',
        '<use href="#a"/>',
        '<a href="javascript:alert(1)"/>',
        '<animate attributeName="x"/>',
        "<style>@import 'a'</style>",
        '<g xmlns="http://www.w3.org/1999/xhtml"/>',
        "<!-- a comment -->",
        "<?xml-stylesheet href='a'?>",
        "<g>",
    ],
)
def test_a_drawing_with_what_a_page_must_not_contain_is_refused(content: str) -> None:
    with pytest.raises(UnsafeDrawing):
        safe_svg(SVG.format(content), "")


@pytest.mark.parametrize(
    "text", ["", "text", "<p>a</p>", '<!DOCTYPE svg [<!ENTITY a "b">]>' + SVG.format("&a;")]
)
def test_what_is_no_drawing_is_refused(text: str) -> None:
    with pytest.raises(UnsafeDrawing):
        safe_svg(text, "")


@pytest.mark.parametrize(
    "attribute",
    [
        'onload="alert(1)"',
        'href="https://example.invalid"',
        'style="background:url(https://example.invalid)"',
        'class="theme"',
        'fill="url(https://example.invalid/a.svg#b)"',
        'fill="url(#theirs)"',
        'fill="red;background:URL(a)"',
        'marker-end="url(#diagram-0-1) url(b)"',
        'xmlns:x="http://www.w3.org/1999/xlink" x:href="a"',
        r'fill="\75rl(a)"',
    ],
)
def test_attributes_that_are_not_known_to_be_harmless_go(attribute: str) -> None:
    assert "<g></g>" in safe_svg(SVG.format(f"<g {attribute}/>"), "")


def test_text_stays_text() -> None:
    svg = safe_svg(SVG.format("<text>&lt;script>alert(1)&lt;/script> 你好</text>"), 'a "b" <c>')
    assert "<text>&lt;script&gt;alert(1)&lt;/script&gt; 你好</text>" in svg
    assert 'role="img" aria-label="a &quot;b&quot; &lt;c&gt;"' in svg
    assert 'role="img"' not in safe_svg(SVG.format(""), "")


def test_own_references_stay() -> None:
    content = '<path marker-end="url(#diagram-0-1)" fill="none" d="M0 0"></path>'
    assert content in safe_svg(SVG.format(content), "")


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
