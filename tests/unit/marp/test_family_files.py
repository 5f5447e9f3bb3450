"""The files of a family: what is kept of a package, with small fonts made here."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from deckwright.errors import ToolMissing
from deckwright.marp.families import FETCHED
from deckwright.marp.family_files import FamilyFile, fetch, files_in, find
from support.fonts import make_font

KOREAN = next(family for family in FETCHED if family.name == "Noto Sans KR")


def program(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(0o755)


@pytest.fixture
def registry(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The package that npm installs, which is the only npm there is."""
    package = tmp_path / "noto-sans-kr"
    program(tmp_path / "bin" / "node", "echo v22.0.0")
    to = "node_modules/@fontsource"
    program(
        tmp_path / "bin" / "npm",
        f"/bin/cp package.json {tmp_path}/asked && /bin/mkdir -p {to} && /bin/cp -r {package} {to}",
    )
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    return package


def fill(package: Path) -> None:
    for weight in (100, 400, 700):
        for part, letters in (("0", "漢한"), ("12", "字"), ("korean", "한글"), ("latin", "A")):
            make_font(package / "files" / f"noto-sans-kr-{part}-{weight}-normal.woff2", letters)
            if part == "korean":
                make_font(package / "files" / f"noto-sans-kr-{part}-{weight}-normal.woff", letters)
    (package / "LICENSE").write_text("OFL")


def test_keeps_two_weights_and_no_letter_twice(registry: Path, tmp_path: Path) -> None:
    fill(registry)
    assert find(KOREAN, tmp_path / "cache") is None
    folder = fetch(KOREAN, tmp_path / "cache")
    assert find(KOREAN, tmp_path / "cache") == folder
    parts = [("korean", "ttf", "글한"), ("latin", "woff2", "A"), ("0", "woff2", "漢"), ("12", "woff2", "字")]
    assert files_in(folder) == tuple(
        FamilyFile(f"noto-sans-kr-{part}-{weight}-normal.{suffix}", weight, letters)
        for weight in (400, 700)
        for part, suffix, letters in parts
    )
    kept = {"LICENSE", "letters.json"} | {file.name for file in files_in(folder)}
    assert {path.name for path in folder.iterdir()} == kept
    for file in files_in(folder):
        with TTFont(folder / file.name) as font:
            assert set(map(ord, file.letters)) <= font.getBestCmap().keys()


def test_asks_for_one_family_in_the_locked_version(registry: Path, tmp_path: Path) -> None:
    fill(registry)
    fetch(KOREAN, tmp_path / "cache")
    assert json.loads((tmp_path / "asked").read_text())["dependencies"] == {
        "@fontsource/noto-sans-kr": "5.3.0"
    }


def test_without_a_network_nothing_is_kept(registry: Path, tmp_path: Path) -> None:
    program(tmp_path / "bin" / "npm", "echo no network >&2; exit 1")
    with pytest.raises(ToolMissing, match="fonts of Noto Sans KR: no network"):
        fetch(KOREAN, tmp_path / "cache")
    assert find(KOREAN, tmp_path / "cache") is None
