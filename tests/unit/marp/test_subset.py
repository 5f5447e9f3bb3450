"""Fonts reduced to what a page shows, with small fonts made here."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from deckwright.marp import fonts
from deckwright.marp.subset import Face, picture_faces, rule_of
from support.fonts import make_font, rules


@pytest.fixture(scope="module")
def font(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("fonts") / "font.ttf"
    make_font(path, "ABC中文")
    return path


def test_a_rule_has_only_the_letters_of_its_face(font: Path, tmp_path: Path) -> None:
    css = rule_of(Face("Some", 700, font, frozenset("AC文")), tmp_path)
    assert rules(css) == [("Some", "700", "", set("AC文"))]


def test_a_rule_can_name_its_letters(font: Path, tmp_path: Path) -> None:
    css = rule_of(Face("Some", 400, font, frozenset("ABC文"), limited=True), tmp_path)
    assert rules(css)[0][2] == "U+41-43,U+6587"


def test_the_same_face_gives_the_same_bytes(font: Path, tmp_path: Path) -> None:
    face = Face("Some", 400, font, frozenset("中"))
    assert rule_of(face, tmp_path / "a") == rule_of(face, tmp_path / "b")


def test_a_stored_rule_is_used_again(font: Path, tmp_path: Path) -> None:
    face = Face("Some", 400, tmp_path / "x" / "font.ttf", frozenset("中"))
    face.path.parent.mkdir()
    face.path.write_bytes(font.read_bytes())
    first = rule_of(face, tmp_path)
    face.path.unlink()
    assert rule_of(face, tmp_path) == first


def test_the_least_recently_used_is_removed(font: Path, tmp_path: Path) -> None:
    def stored(letters: str) -> set[Path]:
        rule_of(Face("Some", 400, font, frozenset(letters)), tmp_path, most_stored=2)
        for file in tmp_path.glob("faces/*"):  # as if it were a second ago, however coarse the clock is
            os.utime(file, ns=(file.stat().st_atime_ns, file.stat().st_mtime_ns - 10**9))
        return set(tmp_path.glob("faces/*"))

    (first,) = stored("中")
    (second,) = stored("文") - {first}
    assert stored("中") == {first, second}
    assert len(stored("中文")) == 2
    assert not second.exists()


def test_a_picture_has_the_letters_that_it_shows_and_symbols_of_another_font(tmp_path: Path) -> None:
    for file in fonts.FILES:
        make_font(tmp_path / file.source, {fonts.SANS: "A中", fonts.SYMBOLS: "Aℝ"}.get(file.family, "A"))
    css = picture_faces(frozenset("A中ℝ"), frozenset({700}), tmp_path)
    assert rules(css) == [("Noto Sans SC", "700", "", {"A", "中"}), ("Noto Sans SC", "700", "U+211D", {"ℝ"})]
