"""Diagrams of a page: what is made safe, what stays code, and why."""

from __future__ import annotations

import pytest

from deckwright.marp.diagrams import DrawAnswer, UnsafeDrawing, drawings_of, safe_svg, with_drawings
from deckwright.parse import parse_deck

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1">{}</svg>'
PAGE = "<h1>a</h1><!--diagram 0 3--><pre>A</pre><!--/diagram--><!--diagram 1 8--><pre>B</pre><!--/diagram-->"
DECK = parse_deck("slides/deck.md", "# a\n\n```mermaid alt=one\ngraph\n```\n\n\n```mermaid\nmindmap\n```\n")


def answer(svg: str = "", error: str = "", line: int = 3, trouble: str = "") -> DrawAnswer:
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
    assert with_drawings(PAGE, ("<svg/>", "")) == "<h1>a</h1><svg/><pre>B</pre>"


@pytest.mark.parametrize(
    ("second", "slug", "message"),
    [
        (answer(trouble="syntax", error="no", line=9), "diagram", "does not parse: no"),
        (answer(trouble="unknown", line=8), "diagram-not-drawn", "a mindmap cannot be drawn"),
        (answer(trouble="drawing", error="no", line=8), "diagram-not-drawn", "stays code"),
        (answer(svg=SVG.format("<script/>"), line=8), "diagram-not-drawn", "<script>"),
    ],
)
def test_what_is_not_drawn_says_why_and_where(second: DrawAnswer, slug: str, message: str) -> None:
    drawn, found = drawings_of(PAGE, DECK.diagrams, [answer(svg=SVG.format("")), second])
    assert 'aria-label="one"' in drawn[0]
    assert drawn[1] == ""
    (only,) = found
    assert (only.slug, only.line) == (slug, second.line)
    assert message in only.message


def test_an_unknown_kind_is_an_error() -> None:
    deck = parse_deck("slides/deck.md", "```mermaid\ngrpah\n```\n")
    page = "<!--diagram 0 1--><pre>A</pre><!--/diagram-->"
    _, (found,) = drawings_of(page, deck.diagrams, [answer(trouble="unknown", line=1)])
    assert found.slug == "diagram"
