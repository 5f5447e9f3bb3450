"""Punctuation that Latin and Chinese text share: one small font with both shapes of each sign.

Browsers shape a run of text with the rules of its script, and a sign belongs to the run of the letter before
it (or after it, where a text begins). So the font itself says which shape a sign has beside which letters.
"""

from __future__ import annotations

from collections.abc import Iterable
from copy import deepcopy
from pathlib import Path
from typing import Any

PUNCTUATION = "Punctuation"
"""The name of the font."""

SHARED = frozenset("‘’“”—―…‥·")
"""As wide as a Chinese letter in Chinese and Japanese text, and narrow elsewhere."""

_MEASURED = " 0x"
"""Browsers take the font of the space for that of an element, and measure `ex` and `ch` with them."""

_EPOCH = 0x7C259DC0  # 1970, as fonts count seconds

_OPENING, _CLOSING = frozenset("‘“"), frozenset("’”")
_NARROW_SCRIPTS = ("latn", "grek", "cyrl", "hebr", "arab", "thai", "hang", "deva", "dev2", "mymr", "mym2")
_WIDE_SCRIPTS = ("hani", "kana")


def punctuation_font(signs: Iterable[str], wide: Path, narrow: Path, is_wide: bool) -> Any:
    """Return a font with signs of two files. `is_wide`: the page is Chinese or Japanese."""
    from fontTools.feaLib.builder import addOpenTypeFeaturesFromString
    from fontTools.fontBuilder import FontBuilder
    from fontTools.pens.ttGlyphPen import TTGlyphPen
    from fontTools.ttLib import TTFont

    signs = sorted(signs)
    with TTFont(wide, lazy=True) as first, TTFont(narrow, lazy=True) as second:
        sources = {_name(sign): (second, sign) for sign in _MEASURED}
        for sign in signs:
            sources |= {_wide(sign): (first, sign), _narrow(sign): (second, sign)}
        glyphs = {".notdef": TTGlyphPen(None).glyph()}
        glyphs |= {name: _glyph(*source) for name, source in sources.items()}
        widths = {".notdef": 500, **{name: _width(*source) for name, source in sources.items()}}
        builder = FontBuilder(second["head"].unitsPerEm)
        builder.setupGlyphOrder(list(glyphs))
        characters = {ord(sign): _name(sign) for sign in _MEASURED}
        builder.setupCharacterMap(characters | {ord(sign): _wide(sign) for sign in signs})
        builder.setupGlyf(glyphs)
        left = {name: getattr(glyph, "xMin", 0) for name, glyph in glyphs.items()}
        builder.setupHorizontalMetrics({name: (widths[name], left[name]) for name in glyphs})
        builder.setupNameTable({"familyName": PUNCTUATION, "styleName": "Regular"})
        builder.setupPost(keepGlyphNames=False)
        for table in ("hhea", "OS/2"):
            builder.font[table] = deepcopy(second[table])
        style = second["head"].macStyle
    builder.updateHead(created=_EPOCH, modified=_EPOCH, macStyle=style)
    builder.font.recalcTimestamp = False
    addOpenTypeFeaturesFromString(builder.font, _features(signs, is_wide))
    return builder.font


def _features(signs: list[str], is_wide: bool) -> str:
    narrow = "".join(f"sub {_wide(sign)} by {_narrow(sign)};" for sign in signs)
    beside = _latin_in_wide(signs) if is_wide else _chinese_in_narrow(signs)
    in_narrow, in_wide = ("BESIDE", "NONE") if is_wide else ("ALL", "BESIDE")
    # A script without rules would get those of another one.
    scripts = {
        "DFLT": "NONE" if is_wide else "ALL",
        **dict.fromkeys(_NARROW_SCRIPTS, in_narrow),
        **dict.fromkeys(_WIDE_SCRIPTS, in_wide),
    }
    used = "".join(f"script {script}; language dflt; lookup {name};\n" for script, name in scripts.items())
    return (
        f"lookup ALL {{ {narrow} }} ALL;\nlookup BESIDE {{ {beside} }} BESIDE;\n"
        f"lookup NONE {{ sub sign20 by sign20; }} NONE;\nfeature locl {{\n{used}}} locl;"
    )


def _latin_in_wide(signs: list[str]) -> str:
    """Return where a sign among Latin letters is narrow in a Chinese page: between them, not around them.

    The font has no letters: they are .notdef in it.
    """
    rules = {
        sign: f"sub [.notdef sign20] {_wide(sign)}' lookup ALL;"
        if sign in _OPENING
        else f"sub {_wide(sign)}' lookup ALL [.notdef sign20];"
        for sign in signs
    }
    if "’" in rules:
        rules["’"] = f"sub {_wide('’')}' lookup ALL;"  # of an apostrophe, too
    return "".join(rules.values()) or "sub sign20 by sign20;"


def _chinese_in_narrow(signs: list[str]) -> str:
    """Return where a sign among Chinese letters is narrow in a Latin page: around Latin letters."""
    rules = [
        f"ignore sub {_wide(sign)}' .notdef; sub {_wide(sign)}' lookup ALL;"
        if sign in _OPENING
        else f"sub {_wide(sign)}' lookup ALL sign20;"
        for sign in signs
        if sign in _OPENING | _CLOSING
    ]
    return "".join(rules) or "sub sign20 by sign20;"


def _name(sign: str) -> str:
    return f"sign{ord(sign):X}"


def _wide(sign: str) -> str:
    return f"wide{ord(sign):X}"


def _narrow(sign: str) -> str:
    return f"narrow{ord(sign):X}"


def _glyph(font: Any, sign: str) -> Any:
    """Return a copy of a glyph."""
    from fontTools.pens.recordingPen import DecomposingRecordingPen
    from fontTools.pens.ttGlyphPen import TTGlyphPen

    glyphs = font.getGlyphSet()
    record, pen = DecomposingRecordingPen(glyphs), TTGlyphPen(None)
    glyphs[font.getBestCmap()[ord(sign)]].draw(record)
    record.replay(pen)
    return pen.glyph()


def _width(font: Any, sign: str) -> int:
    return int(font["hmtx"][font.getBestCmap()[ord(sign)]][0])
