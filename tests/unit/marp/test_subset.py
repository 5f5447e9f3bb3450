"""Fonts reduced to what a page shows, with small fonts made here."""

from __future__ import annotations

import base64
import os
import re
from io import BytesIO
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from deckwright.marp import fonts
from deckwright.marp.subset import font_faces
from support.fonts import make_font

HAS = {fonts.SANS: "A中文", fonts.MONO: "A", fonts.SYMBOLS: "Aℝ"}


@pytest.fixture(scope="module")
def packages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("packages")
    for file in fonts.FILES:
        make_font(folder / file.source, HAS[file.family])
    return folder


def faces(css: str) -> list[tuple[str, str, str, set[str]]]:
    """Family, weight, unicode-range and characters of each @font-face."""
    found = []
    for rule in re.findall(r"@font-face\{(.*?)\}", css):
        data = base64.b64decode(re.search(r"base64,([^)]*)\)", rule)[1])
        characters = {chr(code) for code in TTFont(BytesIO(data)).getBestCmap()}
        family, weight = re.search(r'font-family:"(.*?)".*font-weight:(\d+)', rule).groups()
        only = re.search(r"unicode-range:(.*?);", rule)
        found.append((family, weight, only[1] if only else "", characters))
    return found


def test_a_page_that_names_none_of_them_carries_none(packages: Path, tmp_path: Path) -> None:
    assert font_faces("<style>a{font-family:Arial}</style>中", packages, tmp_path) == ""


def test_carries_only_what_is_shown(packages: Path, tmp_path: Path) -> None:
    css = font_faces('<style>a{--f:"Noto Sans SC"}</style><p>中</p>', packages, tmp_path)
    assert faces(css) == [("Noto Sans SC", weight, "", {"A", "中"}) for weight in ("400", "700")]


def test_scripts_and_embedded_data_show_nothing(packages: Path, tmp_path: Path) -> None:
    page = "Noto Sans SC <script>'文'</script><img src='data:image/svg+xml,文'>"
    assert all(characters == {"A"} for *_, characters in faces(font_faces(page, packages, tmp_path)))


def test_entities_and_css_escapes_count(packages: Path, tmp_path: Path) -> None:
    page = 'Noto Sans SC &#x4e2d; <style>a::before{content:"\\6587"}</style>'
    assert faces(font_faces(page, packages, tmp_path))[0][3] == {"A", "中", "文"}


def test_symbols_that_no_family_has_come_from_a_third(packages: Path, tmp_path: Path) -> None:
    css = font_faces("Noto Sans SC, JetBrains Mono: ℝ 中", packages, tmp_path)
    assert [face for face in faces(css) if face[2]] == [
        (family, weight, "U+211D", {"ℝ"})
        for weight in ("400", "700")
        for family in ("Noto Sans SC", "JetBrains Mono")
    ]


def test_the_same_page_gives_the_same_bytes(packages: Path, tmp_path: Path) -> None:
    page = "Noto Sans SC 中"
    assert font_faces(page, packages, tmp_path / "a") == font_faces(page, packages, tmp_path / "b")


def test_a_stored_subset_is_used_again(packages: Path, tmp_path: Path) -> None:
    page = "Noto Sans SC 中"
    first = font_faces(page, packages, tmp_path)
    without_fonts = tmp_path / packages.name
    assert font_faces(page, without_fonts, tmp_path) == first


def test_the_least_recently_used_is_removed(packages: Path, tmp_path: Path) -> None:
    def stored(page: str) -> set[Path]:
        font_faces(page, packages, tmp_path, most_stored=2)
        for file in tmp_path.glob("faces/*"):  # as if it were a second ago, however coarse the clock is
            os.utime(file, ns=(file.stat().st_atime_ns, file.stat().st_mtime_ns - 10**9))
        return set(tmp_path.glob("faces/*"))

    (first,) = stored("Noto Sans SC 中")
    (second,) = stored("Noto Sans SC 文") - {first}
    assert stored("Noto Sans SC 中") == {first, second}
    assert len(stored("Noto Sans SC 中文")) == 2
    assert not second.exists()
