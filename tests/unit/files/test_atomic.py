"""Files that are whole or absent."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path
from typing import IO

import pytest

from deckwright.files.atomic import remove_temporary, write_atomic


def test_replaces_the_old_file_and_leaves_nothing_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "folder" / "file"
    write_atomic(path, b"1")
    write_atomic(path, b"2", sync=True)
    assert path.read_bytes() == b"2"
    assert os.listdir(path.parent) == ["file"]


def test_write_atomic_writes_only_changes(tmp_path: Path) -> None:
    path = tmp_path / "html" / "a.html"
    assert write_atomic(path, b"1")
    os.utime(path, (0, 0))
    assert not write_atomic(path, b"1")
    assert path.stat().st_mtime == 0
    assert write_atomic(path, b"2")
    assert [path.name for path in path.parent.iterdir()] == ["a.html"]


def test_files_have_the_usual_permissions(tmp_path: Path) -> None:
    write_atomic(tmp_path / "a", b"1")
    (tmp_path / "b").write_bytes(b"1")
    assert (tmp_path / "a").stat().st_mode == (tmp_path / "b").stat().st_mode


def test_a_write_that_fails_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "file"
    write_atomic(path, b"1")

    def fail(source: object, target: object) -> None:
        raise OSError("no")

    monkeypatch.setattr(os, "replace", fail)
    with pytest.raises(OSError, match="no"):
        write_atomic(path, b"2")
    assert path.read_bytes() == b"1"
    assert os.listdir(tmp_path) == ["file"]


def test_a_file_keeps_its_permissions(tmp_path: Path) -> None:
    path = tmp_path / "file"
    write_atomic(path, b"1")
    path.chmod(0o640)
    write_atomic(path, b"2")
    assert path.stat().st_mode & 0o777 == 0o640


def test_what_killed_processes_had_begun_is_removed(tmp_path: Path) -> None:
    (tmp_path / "html").mkdir()
    (tmp_path / ".store").mkdir()
    begun, apart = tmp_path / "html/.0123456789abcdef.tmp", tmp_path / ".store/.0123456789abcdef.tmp"
    others = [apart, tmp_path / "html/a.tmp", tmp_path / "html/.a.tmp", tmp_path / "html/a.html"]
    for path in (begun, *others):
        path.touch()
    remove_temporary(tmp_path)
    assert sorted(path for path in tmp_path.rglob("*") if path.is_file()) == sorted(others)


def test_what_is_being_written_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    replace = os.replace

    def sweep_first(source: Path, target: Path) -> None:
        remove_temporary(tmp_path)
        replace(source, target)

    monkeypatch.setattr(os, "replace", sweep_first)
    write_atomic(tmp_path / "file", b"1")
    assert (tmp_path / "file").read_bytes() == b"1"


def test_what_was_removed_before_it_was_held_is_written_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, removed = fcntl.flock, []

    def late(file: IO[bytes], operation: int) -> None:
        if not removed:
            removed.append(file.name)
            os.unlink(file.name)
        real(file, operation)

    monkeypatch.setattr(fcntl, "flock", late)
    write_atomic(tmp_path / "file", b"1")
    assert (tmp_path / "file").read_bytes() == b"1"
    assert os.listdir(tmp_path) == ["file"]
