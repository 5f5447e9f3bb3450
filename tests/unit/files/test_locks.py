"""Locks of files and folders."""

import errno
import fcntl
from pathlib import Path

import pytest

from deckwright.files.locks import locked, try_lock


def test_a_lock_is_held_by_one(tmp_path: Path) -> None:
    with locked(tmp_path, 0) as first, locked(tmp_path, 0) as second:
        assert (first, second) == (True, False)
    with locked(tmp_path, 0) as third:
        assert third


def test_a_lock_is_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real, busy = fcntl.flock, [True, True]

    def flock(file: int, operation: int) -> None:
        if busy:
            busy.pop()
            raise BlockingIOError
        real(file, operation)

    monkeypatch.setattr(fcntl, "flock", flock)
    with locked(tmp_path, 10) as is_locked:
        assert is_locked


def test_a_file_system_without_locks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def flock(file: int, operation: int) -> None:
        raise OSError(errno.ENOLCK, "no locks")

    monkeypatch.setattr(fcntl, "flock", flock)
    with locked(tmp_path, 10) as is_locked:
        assert not is_locked
    with (tmp_path / "file").open("wb", buffering=0) as file:
        assert not try_lock(file)
