"""Drawings of charts, with nothing in them that could harm a page."""

from __future__ import annotations

import pytest

from deckwright.marp.safe_svg import UnsafeDrawing, safe_svg

OPEN = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
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
        ('<rect fill="url(http://x/y)"/>', "<rect></rect>"),
        ('<rect fill="url(&apos;#a&apos;) red"/>', '<rect fill="url(#chart-0-0) red"></rect>'),
        ('<a href="javascript:x" xlink:href="y"><text>t</text></a>', "<g><text>t</text></g>"),
        (f'<image href="{PICTURE}" width="1"/>', f'<image width="1" href="{PICTURE}"></image>'),
        (f'<image xlink:href="{PICTURE}"/>', f'<image href="{PICTURE}"></image>'),
        ('<image href="http://x/y.png"/>', "<image></image>"),
        ('<image href="data:image/svg+xml,x"/>', "<image></image>"),
        ("<script>x</script><style>*{}</style><title>t</title><g/>", "<g></g>"),
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


@pytest.mark.parametrize(
    "inside",
    [
        "<foreignObject/>",
        "<use href='#a'/>",
        "<iframe/>",
        "<animate/>",
        "<set/>",
        "<!--x-->",
        "<![CDATA[x]]>",
        "<g>",
    ],
)
def test_a_drawing_with_something_else_is_refused(inside: str) -> None:
    with pytest.raises(UnsafeDrawing):
        safe(inside)


def test_the_element_has_its_own_looks_and_words() -> None:
    svg = safe_svg(f'{OPEN} width="9" onload="x" style="fill: red"/>', "a", 'x"<', {"width": "5"})
    words = 'role="img" aria-label="x&quot;&lt;"'
    assert svg == f'<svg width="5" fill="red" xmlns="http://www.w3.org/2000/svg" {words}></svg>'
