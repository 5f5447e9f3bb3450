"""Watching real folders."""

from __future__ import annotations

import queue
from collections.abc import Collection, Iterator
from pathlib import Path

import pytest

from deckwright.serve.watcher import Watcher

WAIT_SECONDS = 20


class Watched:
    """A watcher, and the changes that it reports."""

    def __init__(self) -> None:
        self._reports: queue.Queue[Collection[str] | OSError] = queue.Queue()
        self.watcher = Watcher(self._reports.put)

    def until(self, path: Path) -> set[str]:
        """Return all reported paths, as soon as this one is among them."""
        paths: set[str] = set()
        while str(path) not in paths:
            report = self._reports.get(timeout=WAIT_SECONDS)
            assert not isinstance(report, OSError)
            paths |= {*report}
        return paths


@pytest.fixture
def watched() -> Iterator[Watched]:
    watched = Watched()
    with watched.watcher:
        yield watched


def watch(watched: Watched, *folders: Path) -> bool:
    return watched.watcher.watch_folders(frozenset(map(str, folders)))


def test_changed_new_and_removed_files_are_reported(watched: Watched, tmp_path: Path) -> None:
    old, new, last = (tmp_path / name for name in ("old", "new", "last"))
    old.write_text("1")
    assert watch(watched, tmp_path)
    new.write_text("1")
    watched.until(new)
    new.rename(old)  # as editors save
    watched.until(old)
    old.unlink()
    last.write_text("1")
    assert str(old) in watched.until(last)


def test_only_watched_folders_count(watched: Watched, tmp_path: Path) -> None:
    for name in ("one", "one/deep", "two"):
        (tmp_path / name).mkdir()
    watch(watched, tmp_path / "one")
    (tmp_path / "one/deep/x").write_text("1")
    (tmp_path / "two/x").write_text("1")
    (tmp_path / "one/x").write_text("1")
    assert watched.until(tmp_path / "one/x") <= {str(tmp_path / "one/x"), str(tmp_path / "one/deep")}
    assert watch(watched, tmp_path / "two")
    assert not watch(watched, tmp_path / "two")
    (tmp_path / "one/y").write_text("1")
    (tmp_path / "two/y").write_text("1")
    assert watched.until(tmp_path / "two/y") == {str(tmp_path / "two/y")}


def test_a_folder_that_is_created_again_is_watched_again(watched: Watched, tmp_path: Path) -> None:
    folder = tmp_path / "slides"
    folder.mkdir()
    watch(watched, tmp_path, folder)
    folder.rmdir()
    watched.until(folder)
    folder.mkdir()
    assert watch(watched, tmp_path, folder)
    (folder / "x").write_text("1")
    watched.until(folder / "x")


def test_a_folder_that_does_not_exist(watched: Watched, tmp_path: Path) -> None:
    watch(watched, tmp_path, tmp_path / "absent")
    (tmp_path / "x").write_text("1")
    watched.until(tmp_path / "x")
