"""Diagnostics from the Node side, and the pictures of their slides."""

from __future__ import annotations

from pathlib import Path

import pytest

from deckwright.marp.measurements import keep_pictures, slide_diagnostics
from deckwright.model import SlideDiagnostic, SlideSlug


def test_answers_become_diagnostics() -> None:
    answer = {"kind": "too-wide", "slide": 3, "line": 7, "message": "wide", "text": "| a", "pixels": 12.5}
    assert slide_diagnostics([answer]) == (SlideDiagnostic(SlideSlug.TOO_WIDE, 3, 7, "wide", "| a", 12.5),)


def test_an_unknown_kind_is_an_error() -> None:
    with pytest.raises(ValueError, match="ugly"):
        slide_diagnostics([{"kind": "ugly", "slide": 1, "line": 1, "message": "", "text": "", "pixels": 0}])


def test_pictures_are_named_after_deck_and_slide(tmp_path: Path) -> None:
    source, folder = tmp_path / "source", tmp_path / "check"
    source.mkdir()
    for slide in (10, 2):
        (source / f"{slide}.png").write_bytes(b"%d" % slide)
    assert dict(keep_pictures(source, folder, "a [1]")) == {
        2: folder / "a [1]-2.png",
        10: folder / "a [1]-10.png",
    }
    assert (folder / "a [1]-10.png").read_bytes() == b"10"


def test_pictures_of_fixed_slides_are_removed(tmp_path: Path) -> None:
    source = tmp_path / "source"
    source.mkdir()
    (source / "1.png").write_bytes(b"new")
    others = ["b-1.png", "a-b-3.png", "a-3.txt", "a-.png"]
    for name in ["a-1.png", "a-3.png", *others]:
        (tmp_path / name).write_bytes(b"old")
    assert list(keep_pictures(source, tmp_path, "a")) == [(1, tmp_path / "a-1.png")]
    assert (tmp_path / "a-1.png").read_bytes() == b"new"
    assert sorted(path.name for path in tmp_path.iterdir() if path.is_file()) == sorted(["a-1.png", *others])
