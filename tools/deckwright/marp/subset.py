"""`@font-face` rules: files of fonts, reduced to the letters that a page or a picture shows."""

from __future__ import annotations

import base64
import html
import os
import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from io import BytesIO
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from deckwright.files.atomic import write_atomic
from deckwright.files.digests import digest
from deckwright.frozen import dataclass
from deckwright.marp.families import Script, script_of
from deckwright.marp.fonts import FILES, SANS, SYMBOLS
from deckwright.marp.punctuation import punctuation_font

_FORMAT = "2"
"""The version of the subsets: another version of the same letters is another file."""

MOST_STORED = 512
"""How many rules stay in the cache: two per family and deck, 120 kB each for Chinese."""

ALL = frozenset[str]()
"""In place of the letters that a rule is for: all that its font has."""

_ALWAYS = frozenset(map(chr, range(0x20, 0x7F)))
"""ASCII is always included, as numbers and letters may come from style sheets and scripts."""
_OF_CHARTS = frozenset("−×µμ–…·°⁰¹²³⁴⁵⁶⁷⁸⁹⁻")
"""What Plotly and Vega-Lite write into labels."""
_IN_PARTS = frozenset({Script.THAI, Script.DEVANAGARI, Script.BURMESE})
"""Scripts of which one letter is drawn as two, as the Thai ำ is."""
_UNSHOWN = re.compile(
    r"<script\b.*?</script>|\bdata:[^\"')\s]*|/\*.*?\*/|<!--.*?-->|<img[^>]*\bdata-marp-twemoji\b[^>]*>",
    re.S,
)

# No ligatures of Latin letters: in code, `!=` must look like what is typed. Other scripts need theirs.
_FEATURES = ["kern", "mark", "mkmk", "ccmp", "locl"]
_OF_DIGITS = {"frac", "numr", "dnom"}
_NEEDLESS_TABLES = ["BASE", "FFTM", "STAT", "vhea", "vmtx"]


@dataclass(frozen=True, slots=True)
class Face:
    """One rule: a file of a family, and what of it a page shows."""

    family: str
    weight: int
    path: Path
    letters: frozenset[str]
    """Those that the file has."""
    limited: bool = False
    """Whether the rule names its letters, so that a family can consist of several."""
    shaped: bool = False
    """Whether letters take other forms beside others, as those of Arabic do."""
    narrow: Path | None = None
    """The file with narrow shapes, if the letters are punctuation that Latin and Chinese text share."""
    is_wide: bool = False
    """Whether such punctuation is in a Chinese or Japanese page."""


def rule_of(face: Face, cache: Path, most_stored: int = MOST_STORED) -> str:
    """Return a rule of a style sheet, which is made once."""
    folders = (face.path.parents[1].name, face.path.parent.name)
    looks = f"{face.weight} {face.limited} {face.shaped} {face.narrow and face.narrow.name} {face.is_wide}"
    parts = (face.family, *folders, face.path.name, looks, "".join(sorted(face.letters)))
    return remembered(lambda: _rule(face), parts, cache, most_stored)


def remembered(
    make: Callable[[], str], parts: Sequence[str], cache: Path, most_stored: int = MOST_STORED
) -> str:
    """Return the CSS that `make` makes of these parts, or made of them before."""
    stored = cache / "faces" / f"{digest(chr(0).join((_FORMAT, *parts)))}.css"
    with suppress(FileNotFoundError):
        css = stored.read_text("utf-8")
        with suppress(OSError):  # another user's cache may be read-only
            os.utime(stored)
        return css
    css = make()
    write_atomic(stored, css.encode())
    _prune(stored.parent, most_stored)
    return css


def picture_faces(characters: frozenset[str], weights: frozenset[int], packages: Path) -> str:
    """Return CSS with our font for a picture's text: these characters and weights, and no others."""
    rules, rest = list[str](), characters
    files = [file for file in FILES if file.weight in weights]
    for file in (file for file in files if file.family == SANS):
        letters = letters_of(packages / file.source) & characters
        rest -= letters
        rules.append(_rule(Face(SANS, file.weight, packages / file.source, letters)))
    for file in (file for file in files if file.family == SYMBOLS and rest):
        if letters := letters_of(packages / file.source) & rest:
            rules.append(_rule(Face(SANS, file.weight, packages / file.source, letters, limited=True)))
    return "".join(rules)


def letters_of(font: Path | bytes) -> frozenset[str]:
    """Return the letters that a font has, which is given as its file or what is in that."""
    from fontTools.ttLib import TTFont  # slow to import

    with TTFont(font if isinstance(font, Path) else BytesIO(font), lazy=True) as opened:
        return frozenset(map(chr, opened.getBestCmap()))


def shown_characters(page: str) -> frozenset[str]:
    """Return the characters that may be shown: all of the page, except its scripts and embedded data."""
    of_charts = _OF_CHARTS if "data-deckwright-chart" in page else frozenset[str]()
    return _ALWAYS | of_charts | characters_of(_UNSHOWN.sub("", page))


def characters_of(text: str) -> frozenset[str]:
    """Return the characters of a page's text, and those that they are drawn as."""
    escapes = (chr(int(code, 16)) for code in re.findall(r"\\([0-9a-fA-F]{4,5})\b", text))
    return drawn_as(html.unescape(text)) | frozenset(escapes)


def drawn_as(text: str) -> frozenset[str]:
    """Return the characters of a text, and those that they are drawn as."""
    if text.isascii():
        return frozenset(text)
    composed = frozenset(unicodedata.normalize("NFC", text))
    parts = (unicodedata.normalize("NFKD", each) for each in composed if script_of(each) in _IN_PARTS)
    return frozenset(text) | composed | frozenset("".join(parts))


def font_face(
    family: str, weight: int | str, data: bytes, letters: frozenset[str] = ALL, style: str = "normal"
) -> str:
    """Return the rule of a font, given as WOFF2, for these letters alone."""
    source = f"url(data:font/woff2;base64,{base64.b64encode(data).decode()})"
    only = f"unicode-range:{_ranges(letters)};" if letters else ""
    return (
        f'@font-face{{font-family:"{family}";font-style:{style};font-weight:{weight};'
        f'font-display:block;{only}src:{source} format("woff2")}}\n'
    )


def subset_font(
    path: Path, characters: frozenset[str], features: Sequence[str] = _FEATURES
) -> tuple[bytes, frozenset[str]]:
    """Return the font as WOFF2 with only these characters, and those of them that it has."""
    from fontTools import subset  # slow to import, and most builds find the subset in the cache
    from fontTools.ttLib import TTFont

    options = subset.Options(
        layout_features=[*features], hinting=False, glyph_names=False, notdef_outline=True
    )
    options.drop_tables += _NEEDLESS_TABLES
    with TTFont(path, lazy=True, recalcTimestamp=False, recalcBBoxes=False) as font:
        covered = frozenset(map(chr, font.getBestCmap())) & characters
        cutter = subset.Subsetter(options)
        cutter.populate(text="".join(sorted(covered)))
        cutter.subset(font)
        return _woff2(font), covered


def _prune(folder: Path, most_stored: int) -> None:
    """Remove the files that were used least recently: during an edit, each new character makes a file."""
    with suppress(OSError):  # another process removes them, too
        files = sorted(folder.glob("*.css"), key=lambda file: file.stat().st_mtime_ns)
        for file in files[:-most_stored]:
            file.unlink()


def _rule(face: Face) -> str:
    return font_face(face.family, face.weight, _data(face), face.letters if face.limited else ALL)


def _ranges(letters: frozenset[str]) -> str:
    """Return letters as `unicode-range` names them."""
    ranges = list[list[int]]()
    for code in sorted(map(ord, letters)):
        if ranges and ranges[-1][1] == code - 1:
            ranges[-1][1] = code
        else:
            ranges.append([code, code])
    return ",".join(f"U+{first:X}" + (f"-{last:X}" if last > first else "") for first, last in ranges)


def _data(face: Face) -> bytes:
    from fontTools import subset

    if face.narrow is not None:
        return _woff2(punctuation_font(face.letters - {" "}, face.path, face.narrow, face.is_wide))
    every = subset.Options().layout_features if face.shaped else _FEATURES
    return subset_font(face.path, face.letters, [each for each in every if each not in _OF_DIGITS])[0]


def _woff2(font: Any) -> bytes:
    font.flavor = "woff2"
    file = BytesIO()
    with _quick_brotli():
        font.save(file)
    return file.getvalue()


@contextmanager
def _quick_brotli() -> Iterator[None]:
    """Make fontTools compress three times as fast, for 3 % more bytes; it has no option for that."""
    import brotli
    from fontTools.ttLib import woff2

    compress = partial(brotli.compress, quality=9)
    original = woff2.brotli
    woff2.brotli = SimpleNamespace(MODE_FONT=brotli.MODE_FONT, compress=compress)
    try:
        yield
    finally:
        woff2.brotli = original
