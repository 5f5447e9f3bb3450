"""Decks of every script on a machine without fonts: what a page shows is inside the page."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from pypdf import PageObject, PdfReader
from pypdf.generic import ContentStream

from deckwright.marp.page_fonts import SANS_STACK
from deckwright.marp.renderer import MarpRenderer
from deckwright.marp.warm_node import Tools
from deckwright.model import RenderRequest
from support.fonts import rules
from support.rendering import RenderedFiles, render

pytestmark = pytest.mark.integration

SCRIPTS = {
    "Latin": ("", "Příliš žluťoučký **kůň** “naïve” it’s – —… łódź ğ ő"),
    "Greek": ("el", "Καλημέρα **κόσμε** ἄνθρωπος"),
    "Cyrillic": ("ru", "Здравствуй, **мир** — «є» ў"),
    "simplified": ("zh-Hans", "你好，**世界**。“引号”……·——①"),
    "traditional": ("zh-Hant", "學習**語言**，「引號」"),
    "Japanese": ("ja", "こんにちは、**世界**。漢字とカタカナ"),
    "Korean": ("ko", "안녕하세요, **세계**! 漢字 ‘인용’"),
    "Hebrew": ("he", "שלום **עולם** — בְּדִיקָה (123)"),
    "Arabic": ("ar", "مرحبا **بالعالم**، اختبار (١٢٣) ‏لا"),
    "Thai": ("th", "สวัสดี **โลก** น้ำ เป็นไปได้"),
    "Devanagari": ("hi", "नमस्ते **दुनिया** क्षत्रिय हिन्दी।"),
    "Burmese": ("my", "မင်္ဂလာပါ **ကမ္ဘာ** မြန်မာ"),
    "emoji": ("", "😀 👩‍💻 🇨🇭 ☀️"),
}
SETTINGS = {"options": {"emoji": {"unicode": False}}, "html": True}
"""Emoji are letters, and no pictures of Marp's."""


class Bare(Tools):
    """The tools of a machine that has a browser, and no fonts but those that come with Marp."""

    def __init__(self, config: Path) -> None:
        self._config = config

    def browser_command(self, *found: Any) -> Mapping[str, Any]:
        command = super().browser_command(*found)
        ours = Path(command["env"]["FONTCONFIG_FILE"]).read_text("utf-8")
        self._config.write_text(re.sub(r"<include.*?</include>", "", ours))
        return {**command, "env": {**command["env"], "FONTCONFIG_FILE": str(self._config)}}


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MarpRenderer]:
    with MarpRenderer(tools=Bare(tmp_path_factory.mktemp("fontconfig") / "fonts.conf")) as started:
        yield started


Made = Callable[[str], RenderedFiles]


@pytest.fixture
def made(bare: MarpRenderer, tmp_path: Path) -> Made:
    def make(text: str) -> RenderedFiles:
        source = tmp_path / "slides/deck.md"
        source.parent.mkdir(parents=True, exist_ok=True)
        source.write_text(text, "utf-8")
        return render(bare, RenderRequest("slides/deck.md", tmp_path, source, settings=SETTINGS))

    return make


def shown_glyphs(page: PageObject) -> Iterator[tuple[str, int]]:
    """Yield the font and the number of each glyph that a page of a PDF shows."""
    yield from _glyphs(page, page["/Resources"], page.pdf)


def _glyphs(stream: Any, resources: Any, pdf: Any) -> Iterator[tuple[str, int]]:
    content = stream.get_contents() if isinstance(stream, PageObject) else ContentStream(stream, pdf)
    resources = resources.get_object()
    fonts, forms = (resources.get(kind, {}) for kind in ("/Font", "/XObject"))
    font: Any = None
    for operands, operator in content.operations:
        if operator == b"Tf":
            font = fonts[operands[0]].get_object()
        elif operator in (b"Tj", b"TJ") and font["/Subtype"] == "/Type0":
            texts = operands[0] if operator == b"TJ" else operands
            for text in (each for each in texts if hasattr(each, "original_bytes")):
                data = text.original_bytes
                yield from (
                    (font["/BaseFont"], int.from_bytes(data[at : at + 2], "big"))
                    for at in range(0, len(data), 2)
                )
        elif operator == b"Do" and operands[0] in forms:
            form = forms[operands[0]].get_object()
            if form["/Subtype"] == "/Form":
                yield from _glyphs(form, form.get("/Resources", resources), pdf)


def letters_inside(page: str, family: str) -> set[str]:
    """Return the letters of a family that a page contains, each in a font that has it."""
    inside = set[str]()
    for name, _, ranges, letters in rules(page):
        if name == family:
            for part in ranges.replace("U+", "").split(","):
                first, _, last = part.partition("-")
                named = {chr(code) for code in range(int(first, 16), int(last or first, 16) + 1)}
                assert named <= letters
                inside |= named
    return inside


def slides_of(page: str) -> str:
    texts = re.findall(r"<section\b.*?</section>", page, flags=re.S)
    return html.unescape(re.sub(r"<[^>]*>", "", "".join(texts)))


@pytest.mark.parametrize("theme", ["default", "uncover"])
def test_twelve_scripts_on_a_machine_without_fonts(made: Made, theme: str) -> None:
    slides = (
        f'# {script}\n\n<p lang="{language or "en"}">\n\n{text}\n\n</p>\n\n`{text.replace("**", "")}`'
        for script, (language, text) in SCRIPTS.items()
    )
    files = made(f"---\ntheme: {theme}\n---\n\n" + "\n\n---\n\n".join(slides))
    assert files.diagnostics == ()
    page = files.paths["html"].read_text("utf-8")
    unseen = set("\n\u200f\u200d\ufe0f")
    assert set(slides_of(page)) - letters_inside(page, SANS_STACK) <= unseen
    pages = PdfReader(files.paths["pdf"]).pages
    assert len(pages) == len(SCRIPTS)
    for script, printed in zip(SCRIPTS, pages):
        glyphs = [*shown_glyphs(printed)]
        assert glyphs, script
        assert [font for font, number in glyphs if number == 0] == [], script


@pytest.mark.parametrize(
    ("family", "shown"),
    [
        ('-apple-system, "Segoe UI", sans-serif', "NotoSans-Regular"),
        ("Georgia, serif", "NotoSerif-Regular"),
        ("monospace", "JetBrainsMono-Regular"),
        ('"Corporate Sans"', "NotoSans-Regular"),
    ],
)
def test_text_in_a_font_of_the_computer_has_one_of_the_page(made: Made, family: str, shown: str) -> None:
    files = made(f"A deck\n\n<style>\nsection {{ font-family: {family}; font-size: 30px }}\n</style>\n")
    (page,) = PdfReader(files.paths["pdf"]).pages
    assert {font.partition("+")[2] for font, _ in shown_glyphs(page)} == {shown}


@pytest.mark.parametrize(
    ("text", "language", "wide"),
    [
        ("It’s a “quoted” word — so… a·b", "", 0),
        ("Привет, “мир”…", "", 0),
        ("他说“你好”……", "", 4),
        ("是“PyTorch”和", "zh-CN", 2),
        ("It’s 中文", "zh-CN", 0),
        ("the “quoted” word of a Chinese deck: 中文", "zh-CN", 0),
        ("An English deck with 中文 and the “中文” word in it", "", 0),
    ],
)
def test_punctuation_has_the_width_of_its_neighbours(
    made: Made, bare: MarpRenderer, text: str, language: str, wide: int
) -> None:
    deck = f"---\nlang: {language or 'en'}\n---\n\n{text}\n"
    (page,) = PdfReader(made(deck).paths["pdf"]).pages
    widths = [width for font, width in _widths(page) if "Punctuation" in font or "OTS" in font]
    assert sum(width == 1000 for width in widths) == wide


def _widths(page: PageObject) -> Iterator[tuple[str, int]]:
    fonts = {
        each.get_object()["/BaseFont"]: each.get_object() for each in page["/Resources"]["/Font"].values()
    }
    for name, number in shown_glyphs(page):
        descendant = fonts[name]["/DescendantFonts"][0].get_object()
        yield name, _width(descendant, number)


def _width(font: Any, number: int) -> int:
    """Return the width of a glyph, as a PDF lists it."""
    listed, at = font.get("/W", []), 0
    while at < len(listed):
        first, second = listed[at], listed[at + 1]
        if isinstance(second, list):
            if first <= number < first + len(second):
                return round(second[number - first])
            at += 2
        else:
            if first <= number <= second:
                return round(listed[at + 2])
            at += 3
    return round(font.get("/DW", 1000))
