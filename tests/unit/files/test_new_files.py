"""New files: all of them or none, and none in the place of another."""

from __future__ import annotations

from pathlib import Path

import pytest

from deckwright.errors import DeckwrightError, PathError
from deckwright.files.new_files import write_new

FILES = {"slides/b.md": b"b", "snippets/b/a.py": b"a", "snippets/b/c/d.py": b"d"}


def tree(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


def test_folders_that_are_there_and_folders_that_are_not(tmp_path: Path) -> None:
    (tmp_path / "slides").mkdir()
    (tmp_path / "slides/a.md").write_bytes(b"mine")
    write_new(tmp_path, FILES)
    assert tree(tmp_path) == {**FILES, "slides/a.md": b"mine"}


def test_a_folder_that_is_a_link_to_another_place(tmp_path: Path) -> None:
    root, other = tmp_path / "root", tmp_path / "other"
    root.mkdir()
    other.mkdir()
    (root / "slides").symlink_to(other)
    write_new(root, FILES)
    assert tree(other) == {"b.md": b"b"}


@pytest.mark.parametrize("taken", ["slides/b.md", "snippets/b/a.py", "snippets/b/c/d.py"])
def test_no_file_is_replaced_and_nothing_is_left(tmp_path: Path, taken: str) -> None:
    (tmp_path / taken).parent.mkdir(parents=True)
    (tmp_path / taken).write_bytes(b"mine")
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(PathError) as refused:
        write_new(tmp_path, FILES)
    assert taken in refused.value.message
    assert sorted(tmp_path.rglob("*")) == before
    assert tree(tmp_path) == {taken: b"mine"}


def test_a_place_where_nothing_can_be_written(tmp_path: Path) -> None:
    (tmp_path / "snippets").write_bytes(b"mine")
    with pytest.raises(DeckwrightError) as refused:
        write_new(tmp_path, FILES)
    assert refused.value.message.endswith("snippets is a file, where a folder is to be")
    assert tree(tmp_path) == {"snippets": b"mine"}
    assert [path.name for path in tmp_path.iterdir()] == ["snippets"]
