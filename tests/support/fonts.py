"""Small fonts, made for a test."""

from __future__ import annotations

from pathlib import Path

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen


def make_font(path: Path, characters: str) -> None:
    """Write a font in which these characters are triangles; as WOFF2 where the file's name says so."""
    names = [".notdef", *(f"g{ord(character):x}" for character in characters)]
    pen = TTGlyphPen(None)
    for point, draw in (((0, 0), pen.moveTo), ((500, 0), pen.lineTo), ((0, 500), pen.lineTo)):
        draw(point)
    pen.closePath()
    builder = FontBuilder(1000)
    builder.setupGlyphOrder(names)
    builder.setupCharacterMap({ord(character): f"g{ord(character):x}" for character in characters})
    builder.setupGlyf(dict.fromkeys(names, pen.glyph()))
    builder.setupHorizontalMetrics(dict.fromkeys(names, (600, 0)))
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupNameTable({"familyName": "Test", "styleName": "Regular"})
    builder.setupOS2()
    builder.setupPost()
    builder.font.flavor = "woff2" if path.suffix == ".woff2" else None
    path.parent.mkdir(parents=True, exist_ok=True)
    builder.save(path)
