"""What style sheets ask of services of fonts."""

from __future__ import annotations

import pytest

from deckwright.marp.font_addresses import WebFont, face_font, is_font_host, sheet_fonts, web_fonts_in

GOOGLE, BUNNY = "https://fonts.googleapis.com", "https://fonts.bunny.net"
CDN = "https://cdn.jsdelivr.net/npm"


def fixed(name: str, weight: int = 400, *, italic: bool = False, family: str = "") -> WebFont:
    return WebFont(name, (weight, weight), italic, family)


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        (f"{GOOGLE}/css2?family=Inter", [fixed("inter")]),
        (
            f"{GOOGLE}/css2?family=Lato:ital,wght@0,400;1,700&family=Roboto+Mono&display=swap",
            [fixed("lato"), fixed("lato", 700, italic=True), fixed("roboto-mono")],
        ),
        (f"{GOOGLE}/css2?family=Lato&amp;family=M+PLUS+1p", [fixed("lato"), fixed("m-plus-1p")]),
        (f"{GOOGLE}/css2?family=Noto%20Serif:wght@700", [fixed("noto-serif", 700)]),
        (f"{GOOGLE}/css2?family=Inter:opsz,wght@14..32,100..900", [WebFont("inter", (100, 900))]),
        (f"{GOOGLE}/css?family=Lato:400,700italic,300i", [fixed("lato"), *(
            fixed("lato", weight, italic=True) for weight in (700, 300)
        )]),
        (
            f"{GOOGLE}/css?family=Lora:regular,bold,bi",
            [fixed("lora"), fixed("lora", 700), fixed("lora", 700, italic=True)],
        ),
        (f"{BUNNY}/css?family=Lato:400,900|Roboto+Mono:400,700&display=swap", [
            fixed("lato"), fixed("lato", 900), fixed("roboto-mono"), fixed("roboto-mono", 700),
        ]),
        ("//fonts.bunny.net/css?family=lato:400,400i", [fixed("lato"), fixed("lato", italic=True)]),
        ("https://fonts.loli.net/css2?family=Lato", [fixed("lato")]),
        (f"{CDN}/@fontsource/lato@5.0.1/index.css", [fixed("lato")]),
        (f"{CDN}/@fontsource/lato/latin-700-italic.css", [fixed("lato", 700, italic=True)]),
        ("https://unpkg.com/@fontsource/fira-code@5/300.css", [fixed("fira-code", 300)]),
        (f"{CDN}/@fontsource-variable/inter/wght-italic.css", [
            WebFont("inter", (1, 1000), is_italic=True, family="Inter Variable")
        ]),
        (f"{CDN}/katex@0.16/dist/katex.min.css", []),
        ("https://example.org/fonts.css?family=Lato", []),
        (f"{GOOGLE}/css2", []),
        ("https://[", []),
    ],
)  # fmt: skip
def test_a_style_sheet_names_fonts_by_its_address(address: str, expected: list[WebFont]) -> None:
    assert list(sheet_fonts(address)) == expected


def test_inter_of_its_designer_has_three_names() -> None:
    fonts = sheet_fonts("https://rsms.me/inter/inter.css")
    assert {(font.id, font.family) for font in fonts} == {
        ("inter", name) for name in ("Inter", "Inter var", "InterVariable")
    }


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        (
            "font-family:'Roboto Mono';font-weight:300;src:url(https://fonts.gstatic.com/s/robotomono/v2/a.woff2)",
            fixed("roboto-mono", 300, family="Roboto Mono"),
        ),
        (
            "src: local('A'), url('//fonts.gstatic.com/s/lato/v2/a.woff2'); font-style: italic;"
            "font-family: Body",
            fixed("lato", italic=True, family="Body"),
        ),
        (
            "font-family:X;font-weight:100 900;"
            "src:url(https://fonts.bunny.net/open-sans/files/open-sans-latin-400-normal.woff2)",
            WebFont("open-sans", (100, 900), family="X"),
        ),
        (
            "font-family:X;font-weight:bold;"
            "src:url(https://cdn.jsdelivr.net/fontsource/fonts/fira-code@latest/latin-700-normal.woff2)",
            fixed("fira-code", 700, family="X"),
        ),
        ("font-family:X;src:url(x.woff2)", None),
        ("font-family:X;src:url(https://example.org/x.woff2)", None),
        ("src:url(https://fonts.gstatic.com/s/lato/v2/a.woff2)", None),
    ],
)
def test_a_rule_names_its_font_by_the_address_of_its_file(rule: str, expected: WebFont | None) -> None:
    fonts, address = face_font(f"@font-face{{{rule}}}")
    assert list(fonts) == ([expected] if expected else [])
    assert bool(address) == (expected is not None)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("style: |\n  @import url('https://fonts.bunny.net/css?family=lato');", ["lato"]),
        ("@font-face { font-family: A; src: url(https://fonts.gstatic.com/s/lora/v2/a.woff2) }", ["lora"]),
        ("---\ntheme: gaia\n---\n", ["lato", "lato", "roboto-mono", "roboto-mono"]),
        ("# See https://example.org, and `@import url(x.css)`", []),
    ],
)
def test_decks_and_themes_are_searched(text: str, names: list[str]) -> None:
    assert [font.id for font in web_fonts_in(text)] == names


def test_pages_connect_to_services_early() -> None:
    assert is_font_host("https://fonts.gstatic.com")
    assert not is_font_host("https://example.org")
