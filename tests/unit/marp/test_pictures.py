"""Pictures of slides come and go with what is wrong with them."""

from __future__ import annotations

from pathlib import Path

from deckwright.marp.pictures import keep_pictures


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
