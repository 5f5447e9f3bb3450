"""Which fonts figures get for which letters."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import pytest

from deckwright.errors import ToolMissing
from deckwright.marp.failed_fetches import RETRY_SECONDS
from deckwright.marp.families import Family
from deckwright.marp.family_files import FamilyFile, FetchedOnce
from deckwright.marp.figure_fonts import figure_fonts, font_versions

LETTERS = {
    "Noto Sans KR": ("안녕", "漢"),
    "Noto Sans JP": ("あ漢", "字"),
    "Noto Sans Hebrew": ("של", "A"),
    "Noto Emoji": ("🎉",),
}


def folder_of(root: Path, family: Family) -> Path:
    """Return the folder of a family, as it is fetched."""
    folder = root / family.package
    folder.mkdir(exist_ok=True)
    files = [
        asdict(FamilyFile(f"{number}-{weight}.ttf", weight, letters))
        for weight in (400, 700)
        for number, letters in enumerate(LETTERS[family.name])
    ]
    (folder / "letters.json").write_text(json.dumps(files))
    return folder


@pytest.mark.parametrize(
    ("letters", "expected"),
    [
        ("안", ["Noto Sans KR"]),
        ("漢안", ["Noto Sans KR", "Noto Sans KR 2"]),
        ("あ字", ["Noto Sans JP", "Noto Sans JP 2"]),
        ("ש🎉", ["Noto Sans Hebrew", "Noto Emoji"]),
        ("中文 é Ж α → ∑", []),
        ("", []),
    ],
)
def test_letters_get_the_files_that_have_them(tmp_path: Path, letters: str, expected: list[str]) -> None:
    fonts = figure_fonts(frozenset(letters), lambda family: folder_of(tmp_path, family))
    regular = [file for file in fonts.files if file.weight == 400]
    assert [file.name for file in regular] == expected
    assert {(file.name, 700) for file in regular} == {(f.name, f.weight) for f in fonts.files} - {
        (file.name, 400) for file in regular
    }
    assert set(fonts.versions) == {name.removesuffix(" 2") for name in expected}
    assert fonts.versions.items() <= font_versions().items()


def test_what_cannot_be_fetched_is_tried_again_after_some_time() -> None:
    now = [0.0]
    tried: list[str] = []

    def offline(family: Family) -> Path:
        tried.append(family.name)
        raise ToolMissing("no network", "connect")

    fetched = FetchedOnce(offline, lambda: now[0])
    fonts = [figure_fonts(frozenset("안ש"), fetched) for _ in range(2)]
    assert fonts[0] == fonts[1]
    assert sorted(tried) == ["Noto Sans Hebrew", "Noto Sans KR"]
    now[0] += RETRY_SECONDS
    figure_fonts(frozenset("안"), fetched)
    assert sorted(tried) == ["Noto Sans Hebrew", "Noto Sans KR", "Noto Sans KR"]


def test_what_cannot_be_fetched_is_absent() -> None:
    def offline(family: Family) -> Path:
        raise ToolMissing("no network", "connect")

    fonts = figure_fonts(frozenset("안"), offline)
    assert (fonts.files, dict(fonts.versions)) == ((), {"Noto Sans KR": "absent"})
