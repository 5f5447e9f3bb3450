"""Small fonts, made for a test."""

from __future__ import annotations

import base64
import re
from io import BytesIO
from pathlib import Path

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont


def make_font(path: Path, characters: str, family: str = "Test") -> None:
    """Write a font in which these characters are triangles; as WOFF where the file's name says so."""
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
    builder.setupNameTable({"familyName": family, "styleName": "Regular"})
    builder.setupOS2()
    builder.setupPost()
    builder.font.flavor = path.suffix[1:] if path.suffix.startswith(".woff") else None
    path.parent.mkdir(parents=True, exist_ok=True)
    builder.save(path)


def rules(css: str) -> list[tuple[str, str, str, set[str]]]:
    """Family, weight, unicode-range and characters of each @font-face."""
    found = []
    for rule in re.findall(r"@font-face\{(.*?)\}", css):
        data = base64.b64decode(re.search(r"base64,([^)]*)\)", rule)[1])
        characters = {chr(code) for code in TTFont(BytesIO(data)).getBestCmap()}
        family, weight = re.search(r'font-family:"(.*?)".*font-weight:(\d+)', rule).groups()
        only = re.search(r"unicode-range:(.*?);", rule)
        found.append((family, weight, only[1] if only else "", characters))
    return found
