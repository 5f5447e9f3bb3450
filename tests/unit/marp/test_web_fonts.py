"""Web fonts that come inside a page, with small packages made here."""

from __future__ import annotations

import base64
import json
import re
import threading
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from fontTools.ttLib import TTFont

from deckwright.errors import ToolMissing
from deckwright.marp.failed_fetches import RETRY_SECONDS
from deckwright.marp.web_fonts import FontPackages, with_web_fonts
from deckwright.model import FontPackage
from support.fonts import make_font

PAGE = "<html><head><style>{css}</style></head><body>{body}</body></html>"
LATO = "https://fonts.googleapis.com/css2?family=Lato"
ABOUT: dict[str, Any] = {"weights": [400, 700], "styles": ["normal", "italic"], "category": "sans-serif"}


def make_package(folder: Path, name: str, family: str, files: dict[str, str], **about: object) -> FontPackage:
    """Write a package of Fontsource; `files` has the characters of each part, by its name."""
    package = folder / "node_modules" / name
    id = name.rpartition("/")[2]
    variable = name.startswith("@fontsource-variable")
    weights = ["wght"] if variable else ABOUT["weights"]
    for part, characters in files.items():
        for weight in weights:
            make_font(package / f"files/{id}-{part.strip('[]')}-{weight}-normal.woff2", characters)
    ranges = {part: ",".join(f"U+{ord(each):04X}" for each in has) for part, has in files.items()}
    (package / "unicode.json").write_text(json.dumps(ranges))
    (package / "package.json").write_text('{"version": "5.0.1"}')
    axes = {"variable": {"wght": {"min": "200", "max": "900"}}} if variable else {}
    (package / "metadata.json").write_text(json.dumps({"id": id, "family": family, **ABOUT, **axes, **about}))
    return FontPackage("5.0.1", package)


@pytest.fixture
def packages(tmp_path: Path) -> dict[str, FontPackage]:
    parts = {"latin": "AB", "greek": "αβ", "[3]": "中"}
    return {
        "@fontsource/lato": make_package(tmp_path, "@fontsource/lato", "Lato", parts),
        "@fontsource-variable/inter": make_package(
            tmp_path, "@fontsource-variable/inter", "Inter", {"latin": "AB"}
        ),
        "@fontsource/material-icons": make_package(
            tmp_path, "@fontsource/material-icons", "Material Icons", {"latin": "A\ue87d"}, category="icons"
        ),
        "@fontsource/no-such-font": FontPackage(exists=False),
        "@fontsource/lora": FontPackage(),
    }


def faces(page: str) -> list[tuple[str, str, str, set[str]]]:
    """Family, weight, style and characters of each rule."""
    found = re.findall(r'family:"([^"]+)";font-style:(\w+);font-weight:([\d ]+);.*?base64,([^)]*)\)', page)
    fonts = [(*rest, TTFont(BytesIO(base64.b64decode(data)))) for *rest, data in found]
    return [
        (family, weight, style, set(map(chr, font.getBestCmap()))) for family, style, weight, font in fonts
    ]


def made(
    tmp_path: Path, packages: dict[str, FontPackage], css: str, body: str = "", texts: str = ""
) -> tuple[str, list[tuple[str, str]]]:
    """Return the page, and slug and address of what it lacks."""
    (page,), lacking = with_web_fonts([PAGE.format(css=css, body=body)], texts, packages, tmp_path / "cache")
    return page, [(each.slug, each.address) for each in lacking]


def test_an_import_becomes_fonts_with_the_letters_of_the_page(
    tmp_path: Path, packages: dict[str, FontPackage]
) -> None:
    css = f"@import url({LATO}:wght@400;700);b{{c:d}}"
    page, lacking = made(tmp_path, packages, css, body="α")
    assert lacking == []
    assert page.startswith("<html><head><style>b{c:d}</style><style>@font-face")
    assert "googleapis" not in page
    assert faces(page) == [
        ("Lato", weight, "normal", characters)
        for weight in ("400", "700")
        for characters in ({"A", "B"}, {"α"})
    ]


def test_texts_that_are_drawn_later_have_their_letters(
    tmp_path: Path, packages: dict[str, FontPackage]
) -> None:
    page, _ = made(tmp_path, packages, f"@import '{LATO}';", texts="中")
    assert [characters for *_, characters in faces(page)] == [{"A", "B"}, {"中"}]


@pytest.mark.parametrize(
    ("css", "expected"),
    [
        ("@import url(https://fonts.bunny.net/css?family=lato:700)", [("Lato", "700")]),
        ("@import '//fonts.googleapis.com/css?family=Lato:900';", [("Lato", "700")]),
        (
            "@import url(https://fonts.googleapis.com/css2?family=Inter:wght@100..800);",
            [("Inter", "200 800")],
        ),
        ('@import "https://cdn.jsdelivr.net/npm/@fontsource/lato@5/700.css" layer(x);', [("Lato", "700")]),
        (
            "@font-face{font-family:Body;src:url(https://fonts.gstatic.com/s/lato/v2/a.woff2);unicode-range:U+1}"
            "@font-face{font-family:Body;src:url(https://fonts.gstatic.com/s/lato/v2/b.woff2)}",
            [("Body", "400")],
        ),
    ],
)
def test_every_way_to_ask_for_a_font(
    tmp_path: Path, packages: dict[str, FontPackage], css: str, expected: list[tuple[str, str]]
) -> None:
    page, lacking = made(tmp_path, packages, css)
    assert lacking == []
    assert [(family, weight) for family, weight, *_ in faces(page)] == expected
    assert "http" not in page


def test_links_of_a_page_are_style_sheets_too(tmp_path: Path, packages: dict[str, FontPackage]) -> None:
    links = f'<link rel="preconnect" href="https://fonts.gstatic.com"><link rel="stylesheet" href="{LATO}">'
    page, _ = made(tmp_path, packages, "", body=links)
    assert "<link" not in page
    assert [family for family, *_ in faces(page)] == ["Lato"]


def test_icons_keep_their_letters_and_get_their_class(
    tmp_path: Path, packages: dict[str, FontPackage]
) -> None:
    css = "@import url(https://fonts.googleapis.com/icon?family=Material+Icons);"
    page, _ = made(tmp_path, packages, css, body="&#xe87d;")
    assert [characters for *_, characters in faces(page)] == [{"A", "\ue87d"}]
    assert ".material-icons{" in page


@pytest.mark.parametrize(
    ("family", "slug"),
    [
        ("No+Such+Font", "missing-web-font"),
        ("Lora", "web-font-not-fetched"),
        ("Arvo", "web-font-not-fetched"),
    ],
)
def test_what_is_not_there_is_named_and_left_out(
    tmp_path: Path, packages: dict[str, FontPackage], family: str, slug: str
) -> None:
    address = f"{LATO}&family={family}"
    page, lacking = made(tmp_path, packages, f"@import url({address});")
    assert lacking == [(slug, address)]
    assert [family for family, *_ in faces(page)] == ["Lato"]
    assert "http" not in page


@pytest.mark.parametrize(
    "css",
    [
        "@import url(https://example.org/a.css);b{c:d}",
        "@font-face{font-family:A;src:url(a.woff2)}",
        "b{background:url(https://fonts.example.org/a.png)}",
    ],
)
def test_everything_else_stays(tmp_path: Path, packages: dict[str, FontPackage], css: str) -> None:
    body = f"<script>'<style>@import url({LATO});</style>'</script>"
    assert made(tmp_path, packages, css, body) == (PAGE.format(css=css, body=body), [])


def test_our_own_fonts_are_there_anyway(tmp_path: Path) -> None:
    css = "@import url(https://fonts.googleapis.com/css2?family=Noto+Sans+SC:wght@400;700);b{c:d}"
    assert made(tmp_path, {}, css) == (PAGE.format(css="b{c:d}", body=""), [])
    assert FontPackages(tmp_path, failing)([css]) == {}


def failing(name: str, folder: Path, stopped: threading.Event) -> None:
    raise ToolMissing("npm error code E404" if "no-such" in name else "npm error code ENOTFOUND", "connect")


def test_packages_are_fetched_once(tmp_path: Path) -> None:
    fetched: list[str] = []

    def install(name: str, folder: Path, stopped: threading.Event) -> None:
        if name.startswith("@fontsource-variable/"):
            failing("no-such", folder, stopped)
        make_package(folder, name, "Lato", {"latin": "A"})
        fetched.append(name)

    css = f"@import url({LATO}:wght@100..900);@import url({LATO});"
    first, second = (FontPackages(tmp_path, install)([css]) for _ in range(2))
    assert first == second
    assert [(name, each.version, each.exists) for name, each in first.items()] == [
        ("@fontsource-variable/lato", "", False),
        ("@fontsource/lato", "5.0.1", True),
    ]
    assert fetched == ["@fontsource/lato"]


def test_what_could_not_be_fetched_is_not_tried_at_each_save(tmp_path: Path) -> None:
    tried: list[str] = []

    def install(name: str, folder: Path, stopped: threading.Event) -> None:
        tried.append(name)
        failing(name, folder, stopped)

    now = [0.0]
    packages = FontPackages(tmp_path, install, lambda: now[0])
    said: list[str] = []
    css = f"@import url({LATO}&family=No+Such+Font);"
    expected = {"@fontsource/lato": FontPackage(), "@fontsource/no-such-font": FontPackage(exists=False)}
    assert packages([css], said.append) == packages([css], said.append) == expected
    assert said == ["web fonts (lato, no-such-font)"]
    assert sorted(tried) == sorted(expected)
    now[0] += RETRY_SECONDS  # the network may be back
    assert packages([css], said.append) == expected
    assert sorted(tried) == sorted([*expected, *expected])
