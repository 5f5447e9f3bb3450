"""The families that draw the letters of a page by their real names, for programs that draw them anew.

The families of a page are our stacks, or what a theme calls them; each consists of one file or several.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from html import escape
from io import BytesIO
from pathlib import Path
from typing import Any

from deckwright.files.digests import digest
from deckwright.frozen import dataclass
from deckwright.marp.fonts import MONO, SANS, SYMBOLS
from deckwright.marp.page_links import with_page_address
from deckwright.marp.punctuation import PUNCTUATION
from deckwright.model import SlideBlocks, TextBlock, TextLine, TextParagraph, TextRun
from deckwright.text.css import FACE, addresses_in, descriptor, family_of

_DATA = re.compile(r"data:[^,]*;base64,(?P<data>.*)", re.S)
_STYLE = re.compile(r"<style\b[^>]*>(?P<css>.*?)</style\s*>", re.S | re.I)


@dataclass(frozen=True, slots=True)
class PageFont:
    """A file of a font in a page."""

    family: str
    """As styles of the page name it, in lower case."""
    name: str
    """The family's own name."""
    letters: frozenset[int]
    """Those that it draws."""
    data: bytes
    """As OpenType or TrueType."""


def page_fonts(page: str, read: Callable[[str], bytes | None]) -> tuple[PageFont, ...]:
    """Return the fonts inside a page; `read` returns what is at an address that it names."""
    css = "".join(style["css"] for style in _STYLE.finditer(page))
    return tuple(font for rule in FACE.findall(css) for font in _fonts_of(rule, read))


def _fonts_of(rule: str, read: Callable[[str], bytes | None]) -> Iterator[PageFont]:
    from fontTools.ttLib import TTFont, TTLibError

    for address in addresses_in(rule):
        match = _DATA.match(address)
        data = base64.b64decode(match["data"]) if match else read(address)
        if not data:
            continue
        try:
            with TTFont(BytesIO(data), lazy=True) as font:
                letters = _letters(font, descriptor(rule, "unicode-range"))
                family = family_of(rule)
                name = font["name"].getBestFamilyName() or family
                yield PageFont(family.lower(), name, letters, _unpacked(font))
        except TTLibError:
            continue
        return  # of several files of a rule, browsers take the first one that they can read


def _letters(font: Any, limits: str) -> frozenset[int]:
    letters = frozenset(font.getBestCmap() or ())
    return letters & _range(limits) if limits else letters


def _range(limits: str) -> frozenset[int]:
    found = set[int]()
    for first, last in re.findall(r"U\+([0-9A-F?]+)(?:-([0-9A-F]+))?", limits, re.I):
        end = last or first.replace("?", "F")
        found.update(range(int(first.replace("?", "0"), 16), int(end, 16) + 1))
    return frozenset(found)


def _unpacked(font: Any) -> bytes:
    font.flavor = None
    written = BytesIO()
    font.save(written)
    return written.getvalue()


def write_fonts(fonts: Sequence[PageFont], config: Path, folder: Path) -> Path:
    """Write fonts into a folder, and a configuration for Fontconfig that has them besides ours."""
    for font in fonts:
        # Of ours, the configuration has the whole files.
        if font.name not in (SANS, MONO, SYMBOLS):
            (folder / f"{digest(font.data)[:16]}.ttf").write_bytes(font.data)
    added = folder / "fonts.conf"
    lines = (
        '<?xml version="1.0"?>\n<!DOCTYPE fontconfig SYSTEM "fonts.dtd">\n<fontconfig>\n'
        f"<dir>{escape(str(folder))}</dir>\n<include>{escape(str(config))}</include>\n</fontconfig>\n"
    )
    added.write_text(lines, "utf-8")
    return added


# --- blocks of text -------------------------------------------------------------------------------


def with_families(slide: SlideBlocks, fonts: Sequence[PageFont]) -> SlideBlocks:
    """Return blocks whose runs have one family each, and links that lead where those of a page lead."""
    return replace(slide, texts=tuple(_block(block, fonts) for block in slide.texts))


def _block(block: TextBlock, fonts: Sequence[PageFont]) -> TextBlock:
    return replace(block, paragraphs=tuple(_paragraph(each, fonts) for each in block.paragraphs))


def _paragraph(paragraph: TextParagraph, fonts: Sequence[PageFont]) -> TextParagraph:
    marker = paragraph.marker
    if marker:
        marker = replace(marker, font=_family(marker.text[0], _families(marker.font), fonts))
    return replace(paragraph, marker=marker, lines=tuple(_line(each, fonts) for each in paragraph.lines))


def _line(line: TextLine, fonts: Sequence[PageFont]) -> TextLine:
    return replace(line, runs=tuple(part for run in line.runs for part in _parts(run, fonts)))


def _parts(run: TextRun, fonts: Sequence[PageFont]) -> Iterator[TextRun]:
    """Yield the parts of a run, each of one family."""
    families = _families(run.font)
    link = with_page_address(run.link) if run.link else None
    parts = list[tuple[str, str]]()
    for letter in run.text:
        last = parts[-1] if parts else ("", "")
        name = _family(letter, families, fonts)
        if name == PUNCTUATION:  # a font of ours, in which Chinese and Latin letters have signs in common
            name = last[0] or _family("a", families, fonts)
        parts[-1:] = [(name, last[1] + letter)] if name == last[0] else [*parts[-1:], (name, letter)]
    for number, (name, text) in enumerate(parts):
        is_last = number == len(parts) - 1
        yield replace(run, text=text, font=name, link=link, gap=run.gap if is_last else 0.0)


def _families(listed: str) -> Sequence[str]:
    return [name.strip().strip("\"'") for name in listed.split(",")]


def _family(letter: str, families: Sequence[str], fonts: Sequence[PageFont]) -> str:
    """Return the name of the family that draws a letter: of those inside the page, or else the first one."""
    code = ord(letter)
    for family in families:
        for font in reversed(fonts):  # of rules of one family, browsers try the last one first
            if font.family == family.lower() and code in font.letters:
                return font.name
    known = {font.family: font.name for font in fonts}
    return known.get(families[0].lower(), families[0])
