"""Fonts of a page by their own names, and the runs that they draw."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from deckwright.marp.fonts import SANS
from deckwright.marp.page_families import PageFont, page_fonts, with_families, write_fonts
from deckwright.model import (
    Box,
    ListMarker,
    SlideBlocks,
    SlideLink,
    TextBlock,
    TextLine,
    TextParagraph,
    TextRun,
)
from support.fonts import make_font

STACK = "Deckwright Sans"
FONTS = (
    PageFont("deckwright sans", "Noto Sans", frozenset(map(ord, "abc 1.")), b""),
    PageFont("deckwright sans", "Noto Sans SC", frozenset(map(ord, "中文")), b""),
    PageFont("jetbrains mono", "JetBrains Mono", frozenset(map(ord, "ab ")), b""),
)


def rule(family: str, addresses: str, letters: str = "") -> str:
    limits = f";unicode-range:{letters}" if letters else ""
    return f'<style>@font-face{{font-family:"{family}";src:{addresses}{limits}}}</style>'


@pytest.mark.parametrize("suffix", [".ttf", ".woff2"])
def test_fonts_are_read_wherever_they_are(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"a{suffix}"
    make_font(path, "abc", "Real Name")
    data = base64.b64encode(path.read_bytes()).decode()
    inside = rule("One", f'url("data:font/x;base64,{data}") format("x")', "U+61-62, U+7A")
    beside = rule("Two", 'url("missing.woff2"), url("there")')
    broken = rule("Three", 'url("broken")')
    files = {"there": path.read_bytes(), "broken": b"no font"}
    one, two = page_fonts(inside + beside + broken, files.get)
    assert (one.family, one.name, one.letters) == ("one", "Real Name", {0x61, 0x62})
    assert (two.family, two.letters) == ("two", {0x61, 0x62, 0x63})
    assert write_fonts([one], Path("/etc/ours.conf"), tmp_path).read_text().count("/etc/ours.conf") == 1
    (written,) = (each for each in tmp_path.glob("*.ttf") if each != path)
    assert TTFont(written)["name"].getBestFamilyName() == "Real Name"


def test_our_own_fonts_are_not_written_again(tmp_path: Path) -> None:
    write_fonts([PageFont("x", SANS, frozenset(), b"data")], Path("ours.conf"), tmp_path)
    assert [each.name for each in tmp_path.iterdir()] == ["fonts.conf"]


def slide(*runs: TextRun, marker: ListMarker | None = None) -> SlideBlocks:
    lines = (TextLine(0, 0, 9, 9, 8, runs),)
    return SlideBlocks((TextBlock(Box(0, 0, 9, 9), (TextParagraph(lines, marker=marker),)),))


@pytest.mark.parametrize(
    ("listed", "text", "parts"),
    [
        (STACK, "abc", [("abc", "Noto Sans")]),
        (f'"{STACK}", serif', "a 中 b", [("a ", "Noto Sans"), ("中", "Noto Sans SC"), (" b", "Noto Sans")]),
        (f"'JetBrains Mono', {STACK}", "ab1", [("ab", "JetBrains Mono"), ("1", "Noto Sans")]),
        ("Arial, sans-serif", "ab", [("ab", "Arial")]),
        (f"Arial, {STACK}", "a→", [("a", "Noto Sans"), ("→", "Arial")]),
    ],
)
def test_each_letter_has_the_family_that_draws_it(
    listed: str, text: str, parts: list[tuple[str, str]]
) -> None:
    (block,) = with_families(slide(TextRun(text, listed, 20, gap=3)), FONTS).texts
    assert [(run.text, run.font) for run in block.runs] == parts
    assert [run.gap for run in block.runs] == [0] * (len(parts) - 1) + [3]


def test_markers_have_families_too() -> None:
    marked = slide(TextRun("a", STACK, 20), marker=ListMarker("1.", 0, "#000000", STACK, 1))
    (block,) = with_families(marked, FONTS).texts
    assert block.paragraphs[0].marker == ListMarker("1.", 0, "#000000", "Noto Sans", 1)


@pytest.mark.parametrize(
    ("link", "led"),
    [
        (SlideLink("", (), "https://example.org/"), SlideLink("", (), "https://example.org/")),
        (SlideLink("", (), "http://deckwright.invalid/-/b.pptx"), SlideLink("", (), "b.pptx")),
        (SlideLink("", (), slide=2), SlideLink("", (), slide=2)),
        (SlideLink("", (), "javascript:alert(1)"), None),
    ],
)
def test_links_lead_where_those_of_a_page_lead(link: SlideLink, led: SlideLink | None) -> None:
    (block,) = with_families(slide(TextRun("a", STACK, 20, link=link)), FONTS).texts
    assert block.runs[0].link == led
