from __future__ import annotations

from deckwright.child.display.figures import with_numbered_ids


def test_ids_of_an_svg_are_numbered_in_order() -> None:
    svg = '<path id="m0123456789"/><clipPath id="pabcdef0123"/><use href="#m0123456789" at="#pabcdef0123"/>'
    numbered = '<path id="m_1"/><clipPath id="p_2"/><use href="#m_1" at="#p_2"/>'
    assert with_numbered_ids(svg) == numbered
    assert with_numbered_ids('<g id="axes_1"/>') == '<g id="axes_1"/>'
