"""`@font-face` rules for a page: our fonts, cut down to the characters that it shows."""

from __future__ import annotations

import base64
import html
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from io import BytesIO
from pathlib import Path

from deckwright.files.atomic import write_atomic
from deckwright.files.digests import digest
from deckwright.marp.fonts import FILES, MONO, SANS, SYMBOLS, FontFile

_FORMAT = "1"
"""Changes when the same characters would give another subset."""

_REMEMBERED = 128
"""Sets of characters that stay: one a deck and a style, a quarter of a megabyte each if it is Chinese."""

_ALWAYS = frozenset(map(chr, range(0x20, 0x7F)))
"""Numbers and letters may come from style sheets and scripts, so ASCII is always there."""

# No ligatures: in code, `!=` must look like what one types.
_FEATURES = ["kern", "mark", "mkmk", "ccmp", "locl"]
_NEEDLESS_TABLES = ["BASE", "FFTM", "STAT", "vhea", "vmtx"]


def font_faces(page: str, packages: Path, cache: Path) -> str:
    """CSS that carries those fonts of ours that the page names; empty where it names none."""
    # Anywhere: a theme may keep the family in a variable. A deck that only talks of it loses nothing.
    named = tuple(family for family in (SANS, MONO) if family in page)
    if not named:
        return ""
    characters = _ALWAYS | _characters(page)
    remembered = cache / "faces" / f"{_key(named, characters, packages)}.css"
    with suppress(FileNotFoundError):
        css = remembered.read_text("utf-8")
        with suppress(OSError):  # somebody else's cache may only be read
            os.utime(remembered)
        return css
    css = "".join(_rules(named, characters, packages))
    write_atomic(remembered, css.encode())
    _forget(remembered.parent)
    return css


def _forget(folder: Path) -> None:
    """Remove what was not used for longest: while one types, each new character makes another."""
    with suppress(OSError):  # another process removes, too
        files = sorted(folder.glob("*.css"), key=lambda file: file.stat().st_mtime_ns)
        for file in files[:-_REMEMBERED]:
            file.unlink()


def _characters(page: str) -> frozenset[str]:
    """Every character that could be shown: all of the page but its scripts and embedded data."""
    text = re.sub(r"<script\b.*?</script>|\bdata:[^\"')\s]*", "", page, flags=re.S)
    escapes = (chr(int(code, 16)) for code in re.findall(r"\\([0-9a-fA-F]{4,5})\b", text))
    return frozenset(html.unescape(text)) | frozenset(escapes)


def _key(named: tuple[str, ...], characters: frozenset[str], packages: Path) -> str:
    parts = (_FORMAT, packages.name, *named, "".join(sorted(characters)))
    return digest("\0".join(parts))


def _rules(named: tuple[str, ...], characters: frozenset[str], packages: Path) -> Iterator[str]:
    rest = characters
    for file in FILES:
        if file.family in named:
            data, found = _subset(packages / file.source, characters)
            rest -= found
            yield _rule(file.family, file.weight, data)
    for file in FILES:
        if file.family == SYMBOLS and rest - {"\n", "\t", "\r"}:
            yield from _symbols(file, named, rest, packages)


def _symbols(file: FontFile, named: tuple[str, ...], rest: frozenset[str], packages: Path) -> Iterator[str]:
    """Characters that no named family has, as a further part of each of these families."""
    data, found = _subset(packages / file.source, rest)
    ranges = ",".join(f"U+{ord(character):X}" for character in sorted(found))
    if found:
        yield from (_rule(family, file.weight, data, ranges) for family in named)


def _rule(family: str, weight: int, data: bytes, ranges: str = "") -> str:
    source = f"url(data:font/woff2;base64,{base64.b64encode(data).decode()})"
    only = f"unicode-range:{ranges};" if ranges else ""
    return (
        f'@font-face{{font-family:"{family}";font-style:normal;font-weight:{weight};'
        f'font-display:block;{only}src:{source} format("woff2")}}\n'
    )


def _subset(path: Path, characters: frozenset[str]) -> tuple[bytes, frozenset[str]]:
    """The font as WOFF2 with only these characters, and those of them that it has."""
    from fontTools import subset  # slow to import, and most builds have it remembered
    from fontTools.ttLib import TTFont

    options = subset.Options(layout_features=_FEATURES, hinting=False, glyph_names=False, notdef_outline=True)
    options.drop_tables += _NEEDLESS_TABLES
    with TTFont(path, lazy=True, recalcTimestamp=False, recalcBBoxes=False) as font:
        found = frozenset(map(chr, font.getBestCmap())) & characters
        cutter = subset.Subsetter(options)
        cutter.populate(text="".join(found))
        cutter.subset(font)
        font.flavor = "woff2"
        file = BytesIO()
        with _quick_brotli():
            font.save(file)
    return file.getvalue(), found


@contextmanager
def _quick_brotli() -> Iterator[None]:
    """Compress three times as fast for 3 % more bytes; fontTools has no option for it."""
    import brotli
    from fontTools.ttLib import woff2

    class Quick:
        MODE_FONT = brotli.MODE_FONT

        @staticmethod
        def compress(data: bytes, mode: int = brotli.MODE_FONT) -> bytes:
            compressed: bytes = brotli.compress(data, mode=mode, quality=9)
            return compressed

    original, woff2.brotli = woff2.brotli, Quick
    try:
        yield
    finally:
        woff2.brotli = original
