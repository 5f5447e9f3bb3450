"""What style sheets name: addresses however they are written, and fonts."""

from __future__ import annotations

import pytest

from deckwright.text.css import FACE, addresses_in, descriptor, family_of


@pytest.mark.parametrize(
    ("css", "expected"),
    [
        ("a{background:url(a.png)}", ["a.png"]),
        ("a{background:URL( 'a b.png' ) , url(\"c)d.png\")}", ["a b.png", "c)d.png"]),
        ("a{background:image-set('a.png' 1x, url(b.png) type('image/png') 2x)}", ["a.png", "b.png"]),
        ("/* url(a.png) */ a{content:'url(b.png)'} @namespace url(http://www.w3.org/1999/xhtml);", []),
    ],
)
def test_addresses_are_found_where_css_has_them(css: str, expected: list[str]) -> None:
    assert addresses_in(css) == expected


def test_a_font_is_read_from_its_rule() -> None:
    css = "p{font-family:x} @FONT-FACE { font-family : 'Fira   Code';src:url(a.woff2); font-weight: 300 700 }"
    (face,) = FACE.findall(css)
    assert family_of(face) == "Fira Code"
    assert [descriptor(face, name) for name in ("font-weight", "font-style")] == ["300 700", ""]
