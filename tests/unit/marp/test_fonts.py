"""Fonts for matplotlib and for the browser."""

from __future__ import annotations

import errno
import os
import re
from pathlib import Path

import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont, newTable
from fontTools.ttLib.tables.otTables import GSUB

from deckwright.marp import fonts


@pytest.fixture
def packages(tmp_path: Path) -> Path:
    """Packages whose font files hold only their names."""
    for file in fonts.FILES:
        path = tmp_path / "packages" / file.source
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(file.name)
    return tmp_path / "packages"


def test_installs_all_files_under_plain_names(packages: Path, tmp_path: Path) -> None:
    paths = fonts.install(tmp_path / "fonts", packages)
    assert [path.name for path in paths] == [file.name for file in fonts.FILES]
    assert all(path.read_text() == path.name for path in paths)


def test_does_not_copy_twice(packages: Path, tmp_path: Path) -> None:
    before = [path.stat().st_mtime_ns for path in fonts.install(tmp_path / "fonts", packages)]
    after = [path.stat().st_mtime_ns for path in fonts.install(tmp_path / "fonts", packages)]
    assert before == after


def test_replaces_a_file_that_was_cut_short(packages: Path, tmp_path: Path) -> None:
    first = fonts.install(tmp_path / "fonts", packages)[0]
    first.write_text("")
    fonts.install(tmp_path / "fonts", packages)
    assert first.read_text() == first.name


def test_a_full_disk_leaves_no_part(packages: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "replace", fail)
    with pytest.raises(OSError, match="No space"):
        fonts.install(tmp_path / "fonts", packages)
    assert list((tmp_path / "fonts").iterdir()) == []


def test_tells_which_are_missing(packages: Path) -> None:
    assert fonts.missing(packages) == ()
    (packages / fonts.FILES[0].source).unlink()
    assert fonts.missing(packages) == (fonts.FILES[0].name,)


def a_font(path: Path) -> None:
    """Write a font whose one glyph stands for a character and for the radical that looks like it."""
    builder = FontBuilder(1000)
    builder.setupGlyphOrder([".notdef", "one"])
    builder.setupCharacterMap({0x4E00: "one", 0x2F00: "one"})
    builder.setupGlyf({name: TTGlyphPen(None).glyph() for name in (".notdef", "one")})
    builder.setupHorizontalMetrics(dict.fromkeys((".notdef", "one"), (1000, 0)))
    builder.setupHorizontalHeader()
    builder.setupPost()
    builder.font["GSUB"] = newTable("GSUB")
    builder.font["GSUB"].table = GSUB()
    builder.font["GSUB"].table.Version = 0x00010000
    builder.save(path)


def test_the_browser_gets_the_fonts_beside_the_systems(packages: Path, tmp_path: Path) -> None:
    for file in fonts.FILES:
        a_font(packages / file.source)
    env = fonts.browser_environment(packages, tmp_path / "cache")
    config = Path(env["FONTCONFIG_FILE"]).read_text()
    assert "/etc/fonts/fonts.conf" in config
    assert "<family>sans-serif</family><prefer><family>Noto Sans SC</family>" in config
    folder = Path(re.findall("<dir>(.*)</dir>", config)[0])
    for file in fonts.FILES:
        with TTFont(folder / file.name) as font:
            assert set(font.getBestCmap()) == {0x4E00}
            assert ("GSUB" in font) == (file.family != fonts.MONO)
