"""Files that are whole or absent."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from deckwright.whole import write_whole


def test_replaces_the_old_file_and_leaves_nothing_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "folder" / "file"
    write_whole(path, b"1")
    write_whole(path, b"2", sync=True)
    assert path.read_bytes() == b"2"
    assert os.listdir(path.parent) == ["file"]


def test_a_write_that_fails_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "file"
    write_whole(path, b"1")

    def fail(source: object, target: object) -> None:
        raise OSError("no")

    monkeypatch.setattr(os, "replace", fail)
    with pytest.raises(OSError, match="no"):
        write_whole(path, b"2")
    assert path.read_bytes() == b"1"
    assert os.listdir(tmp_path) == ["file"]


def test_a_file_keeps_its_permissions(tmp_path: Path) -> None:
    path = tmp_path / "file"
    write_whole(path, b"1")
    path.chmod(0o640)
    write_whole(path, b"2")
    assert path.stat().st_mode & 0o777 == 0o640
