"""`@font-face` rules for a page: our fonts, reduced to the characters that it shows."""

from __future__ import annotations

import base64
import html
import os
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from io import BytesIO
from pathlib import Path
from types import SimpleNamespace

from deckwright.files.atomic import write_atomic
from deckwright.files.digests import digest
from deckwright.marp.fonts import FILES, MONO, SANS, SYMBOLS

_FORMAT = "1"
"""The version of the subsets: another version of the same characters is another file."""

MOST_STORED = 128
"""How many sets of characters stay in the cache: one per deck and style, 250 kB each for Chinese."""

_ALWAYS = frozenset(map(chr, range(0x20, 0x7F)))
"""ASCII is always included, as numbers and letters may come from style sheets and scripts."""

_WEIGHTS = frozenset(file.weight for file in FILES)

# No ligatures: in code, `!=` must look like what is typed.
_FEATURES = ["kern", "mark", "mkmk", "ccmp", "locl"]
_NEEDLESS_TABLES = ["BASE", "FFTM", "STAT", "vhea", "vmtx"]


def font_faces(page: str, packages: Path, cache: Path, most_stored: int = MOST_STORED) -> str:
    """Return CSS with those fonts of ours that the page names; empty if it names none."""
    # Anywhere in the page: a theme may keep the family in a variable.
    named = tuple(family for family in (SANS, MONO) if family in page)
    if not named:
        return ""
    characters = shown_characters(page)
    parts = (packages.name, *named, "".join(sorted(characters)))
    return remembered(lambda: "".join(_rules(named, characters, packages)), parts, cache, most_stored)


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
    return "".join(_rules((SANS,), characters, packages, weights))


def _prune(folder: Path, most_stored: int) -> None:
    """Remove the files that were used least recently: during an edit, each new character makes a file."""
    with suppress(OSError):  # another process removes them, too
        files = sorted(folder.glob("*.css"), key=lambda file: file.stat().st_mtime_ns)
        for file in files[:-most_stored]:
            file.unlink()


def shown_characters(page: str) -> frozenset[str]:
    """Return the characters that may be shown: all of the page, except its scripts and embedded data."""
    text = re.sub(r"<script\b.*?</script>|\bdata:[^\"')\s]*", "", page, flags=re.S)
    escapes = (chr(int(code, 16)) for code in re.findall(r"\\([0-9a-fA-F]{4,5})\b", text))
    return _ALWAYS | frozenset(html.unescape(text)) | frozenset(escapes)


def _rules(
    named: tuple[str, ...], characters: frozenset[str], packages: Path, weights: frozenset[int] = _WEIGHTS
) -> Iterator[str]:
    rest = characters
    files = [file for file in FILES if file.weight in weights]
    for file in files:
        if file.family in named:
            data, covered = subset_font(packages / file.source, characters)
            rest -= covered
            yield font_face(file.family, file.weight, data)
    for file in files:
        if file.family == SYMBOLS and rest - {"\n", "\t", "\r"}:
            # The characters that no named family has are added to each of these families.
            data, covered = subset_font(packages / file.source, rest)
            ranges = ",".join(f"U+{ord(character):X}" for character in sorted(covered))
            yield from (font_face(family, file.weight, data, ranges) for family in named if covered)


def font_face(family: str, weight: int | str, data: bytes, ranges: str = "", style: str = "normal") -> str:
    """Return the rule of a font, given as WOFF2, for these characters only where there are `ranges`."""
    source = f"url(data:font/woff2;base64,{base64.b64encode(data).decode()})"
    only = f"unicode-range:{ranges};" if ranges else ""
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
        cutter.populate(text="".join(covered))
        cutter.subset(font)
        font.flavor = "woff2"
        file = BytesIO()
        with _quick_brotli():
            font.save(file)
    return file.getvalue(), covered


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
