"""Files below build/: one writer at a time, and errors that say what to do."""

import errno
import os
from pathlib import Path

import pytest

from deckwright.errors import DiskFull
from deckwright.files.build_files import unchanged, write_file, writer_lock
from deckwright.files.digests import digest


def test_unchanged(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"1")
    assert unchanged(tmp_path, {"a": digest(b"1")})
    assert not unchanged(tmp_path, {"a": digest(b"2")})
    assert not unchanged(tmp_path, {"b": digest(b"1")})


def test_a_full_disk_is_our_error_and_leaves_no_part(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(DiskFull, match=r"a\.html: No space") as caught:
        write_file(tmp_path / "a.html", b"1", sync=True)
    assert "free space" in caught.value.hint
    assert list(tmp_path.iterdir()) == []


def test_one_writer_at_a_time(tmp_path: Path) -> None:
    path = tmp_path / "store" / "lock"
    with writer_lock(path, 0) as first, writer_lock(path, 0.02) as second:
        assert (first, second) == (True, False)
    with writer_lock(path, 0) as third:
        assert third


def test_an_error_of_a_writer_stays_as_it_is(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError), writer_lock(tmp_path / "lock", 0):
        raise FileNotFoundError
