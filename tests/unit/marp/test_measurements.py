"""Flaws that the Node side tells, and pictures of slides that come and go with them."""

from __future__ import annotations

from pathlib import Path

import pytest

from deckwright.marp.measurements import flaws, keep_pictures
from deckwright.model import SlideDiagnostic, SlideSlug


def test_answers_become_flaws() -> None:
    found = {"kind": "too-wide", "slide": 3, "line": 7, "message": "wide", "text": "| a", "pixels": 12.5}
    assert flaws([found]) == (SlideDiagnostic(SlideSlug.TOO_WIDE, 3, 7, "wide", "| a", 12.5),)


def test_an_unknown_kind_is_an_error() -> None:
    with pytest.raises(ValueError, match="ugly"):
        flaws([{"kind": "ugly", "slide": 1, "line": 1, "message": "", "text": "", "pixels": 0}])


def test_pictures_are_named_after_deck_and_slide(tmp_path: Path) -> None:
    taken, folder = tmp_path / "taken", tmp_path / "check"
    taken.mkdir()
    for slide in (10, 2):
        (taken / f"{slide}.png").write_bytes(b"%d" % slide)
    assert dict(keep_pictures(taken, folder, "a [1]")) == {
        2: folder / "a [1]-2.png",
        10: folder / "a [1]-10.png",
    }
    assert (folder / "a [1]-10.png").read_bytes() == b"10"


def test_pictures_of_slides_that_are_mended_go(tmp_path: Path) -> None:
    taken = tmp_path / "taken"
    taken.mkdir()
    (taken / "1.png").write_bytes(b"new")
    others = ["b-1.png", "a-b-3.png", "a-3.txt", "a-.png"]
    for name in ["a-1.png", "a-3.png", *others]:
        (tmp_path / name).write_bytes(b"old")
    assert list(keep_pictures(taken, tmp_path, "a")) == [(1, tmp_path / "a-1.png")]
    assert (tmp_path / "a-1.png").read_bytes() == b"new"
    assert sorted(path.name for path in tmp_path.iterdir() if path.is_file()) == sorted(["a-1.png", *others])
