"""Watching real folders."""

from __future__ import annotations

import queue
from collections.abc import Collection, Iterator
from pathlib import Path

import pytest

from deckwright.serve.watcher import Watcher

PATIENCE_SECONDS = 20


class Heard:
    """A watcher, and what it tells."""

    def __init__(self) -> None:
        self._told: queue.Queue[Collection[str] | OSError] = queue.Queue()
        self.watcher = Watcher(self._told.put)

    def until(self, path: Path) -> set[str]:
        """Return all paths that were told, as soon as one of them is this."""
        found: set[str] = set()
        while str(path) not in found:
            told = self._told.get(timeout=PATIENCE_SECONDS)
            assert not isinstance(told, OSError)
            found |= {*told}
        return found


@pytest.fixture
def heard() -> Iterator[Heard]:
    heard = Heard()
    with heard.watcher:
        yield heard


def follow(heard: Heard, *folders: Path) -> bool:
    return heard.watcher.follow(frozenset(map(str, folders)))


def test_files_that_change_come_and_go_are_told(heard: Heard, tmp_path: Path) -> None:
    old, new, last = (tmp_path / name for name in ("old", "new", "last"))
    old.write_text("1")
    assert follow(heard, tmp_path)
    new.write_text("1")
    heard.until(new)
    new.rename(old)  # as editors save
    heard.until(old)
    old.unlink()
    last.write_text("1")
    assert str(old) in heard.until(last)


def test_only_the_folders_that_are_followed_count(heard: Heard, tmp_path: Path) -> None:
    for name in ("one", "one/deep", "two"):
        (tmp_path / name).mkdir()
    follow(heard, tmp_path / "one")
    (tmp_path / "one/deep/x").write_text("1")
    (tmp_path / "two/x").write_text("1")
    (tmp_path / "one/x").write_text("1")
    assert heard.until(tmp_path / "one/x") <= {str(tmp_path / "one/x"), str(tmp_path / "one/deep")}
    assert follow(heard, tmp_path / "two")
    assert not follow(heard, tmp_path / "two")
    (tmp_path / "one/y").write_text("1")
    (tmp_path / "two/y").write_text("1")
    assert heard.until(tmp_path / "two/y") == {str(tmp_path / "two/y")}


def test_a_folder_that_is_made_again_is_followed_again(heard: Heard, tmp_path: Path) -> None:
    folder = tmp_path / "slides"
    folder.mkdir()
    follow(heard, tmp_path, folder)
    folder.rmdir()
    heard.until(folder)
    folder.mkdir()
    assert follow(heard, tmp_path, folder)
    (folder / "x").write_text("1")
    heard.until(folder / "x")


def test_a_folder_that_is_not_there_is_no_trouble(heard: Heard, tmp_path: Path) -> None:
    follow(heard, tmp_path, tmp_path / "absent")
    (tmp_path / "x").write_text("1")
    heard.until(tmp_path / "x")
