"""Drawings, with nothing in them that could harm a page."""

from __future__ import annotations

import pytest

from deckwright.marp.safe_svg import UnsafeDrawing, safe_svg

OPEN = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1">{}</svg>'
PICTURE = "data:image/png;base64,iVBORw0KGgo="


def safe(inside: str) -> str:
    """Return what stays of a drawing inside of its element."""
    return safe_svg(f"{OPEN}>{inside}</svg>", "chart-0", "", {}).partition(">")[2].removesuffix("</svg>")


@pytest.mark.parametrize(
    ("inside", "stays"),
    [
        (
            '<path d="M0,0" class="x" onclick="y()" style="fill: red; cursor: url(http://x)"/>',
            '<path d="M0,0" fill="red"></path>',
        ),
        (
            '<g style="clip-path: url(&quot;#a1&quot;)"/><clipPath id="a1"/><g id="b"/>',
            '<g clip-path="url(#chart-0-0)"></g><clipPath id="chart-0-0"></clipPath><g></g>',
        ),
        (
            '<rect id="a" fill="url(&apos;#a&apos;) red" mask="url(#b)"/>',
            '<rect fill="url(#chart-0-0) red" id="chart-0-0"></rect>',
        ),
        ('<rect fill="url(http://x/y)"/>', "<rect></rect>"),
        (f'<image href="{PICTURE}" width="1"/>', f'<image width="1" href="{PICTURE}"></image>'),
        (f'<image xlink:href="{PICTURE}"/>', f'<image href="{PICTURE}"></image>'),
        ("<text>&lt;b&gt; &amp;</text>", "<text>&lt;b&gt; &amp;</text>"),
        (
            '<text style="font-family: &quot;A B&quot;, sans-serif; fill-opacity: 1; color: x">t</text>',
            '<text font-family="&quot;A B&quot;, sans-serif" fill-opacity="1">t</text>',
        ),
        ('<text style="white-space: pre;">t</text>', '<text xml:space="preserve">t</text>'),
    ],
)
def test_what_stays(inside: str, stays: str) -> None:
    assert safe(inside) == stays


def test_the_element_has_its_own_looks_and_words() -> None:
    svg = safe_svg(f'{OPEN} width="9" onload="x" style="fill: red"/>', "a", 'x"<', {"width": "5"})
    words = 'role="img" aria-label="x&quot;&lt;"'
    assert svg == f'<svg width="5" fill="red" xmlns="http://www.w3.org/2000/svg" {words}></svg>'


@pytest.mark.parametrize(
    "content",
    [
        "<script>alert(1)</script>",
        "<foreignObject><p/></foreignObject>",
        '<image href="https://example.invalid/a.png"/>',
        '<image href="data:image/svg+xml,x"/>',
        "<image/>",
        '<use href="#a"/>',
        "<iframe/>",
        "<set/>",
        "<title>x</title>",
        "<![CDATA[x]]>",
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
        safe_svg(SVG.format(content), "a", "", {})


@pytest.mark.parametrize(
    "text", ["", "text", "<p>a</p>", '<!DOCTYPE svg [<!ENTITY a "b">]>' + SVG.format("&a;")]
)
def test_what_is_no_drawing_is_refused(text: str) -> None:
    with pytest.raises(UnsafeDrawing):
        safe_svg(text, "a", "", {})


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
    assert "<g></g>" in safe_svg(SVG.format(f"<g {attribute}/>"), "a", "", {})


def test_text_stays_text() -> None:
    svg = safe_svg(SVG.format("<text>&lt;script>alert(1)&lt;/script> 你好</text>"), "a", 'a "b" <c>', {})
    assert "<text>&lt;script&gt;alert(1)&lt;/script&gt; 你好</text>" in svg
    assert 'role="img" aria-label="a &quot;b&quot; &lt;c&gt;"' in svg
    assert 'role="img"' not in safe_svg(SVG.format("a", "", {}), "a", "", {})


def test_own_references_stay() -> None:
    content = '<marker id="{0}"></marker><path marker-end="url(#{0})" fill="none" d="M0 0"></path>'
    assert content.format("a-0") in safe_svg(SVG.format(content.format("x:1")), "a", "", {})
