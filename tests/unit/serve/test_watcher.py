"""Watching real folders."""

from __future__ import annotations

import ctypes
import os
import queue
import shutil
import sys
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from deckwright.serve.watcher import Polling, Watcher

WAIT_SECONDS = 20
EVENTS = Polling(seldom_seconds=600, mounts=dict)
"""Whatever is reported was an event."""
POLLING = Polling(always=True, often_seconds=0.02)
NETWORK = Polling(often_seconds=0.02, mounts=lambda: {"/": "nfs4"})
SELDOM = Polling(seldom_seconds=0.02, mounts=dict)


class Watched:
    """A watcher, and the changes that it reports."""

    def __init__(self, polling: Polling = EVENTS) -> None:
        self._reports: queue.Queue[Collection[str]] = queue.Queue()
        self.reasons: list[str] = []
        self.more: list[Path] = []
        """Folders to watch as soon as they come."""
        self.watcher = Watcher(self._report, self.reasons.append, polling)

    def _report(self, changed: Collection[str]) -> None:
        come = [folder for folder in self.more if str(folder) in changed]
        self.more = [folder for folder in self.more if folder not in come]
        if come:
            self.watcher.watch_also(frozenset(map(str, come)))
        self._reports.put(changed)

    def until(self, path: Path) -> set[str]:
        """Return all reported paths, as soon as this one is among them."""
        paths: set[str] = set()
        while str(path) not in paths:
            paths |= {*self._reports.get(timeout=WAIT_SECONDS)}
        return paths


@pytest.fixture(params=[EVENTS, POLLING], ids=["events", "polling"])
def watched(request: pytest.FixtureRequest) -> Iterator[Watched]:
    watched = Watched(request.param)
    with watched.watcher:
        yield watched


@contextmanager
def no_watches() -> Iterator[Callable[[], None]]:
    """Use up the descriptors of the system's events, as other programs may; yield what does so again.

    All programs of a user share them, so that one may give some back at any time.
    """
    taken: list[int] = []
    libc = ctypes.CDLL(None, use_errno=True)

    def take() -> None:
        while (number := libc.inotify_init()) >= 0:
            taken.append(number)

    try:
        take()
        yield take
    finally:
        for number in taken:
            os.close(number)


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


def test_a_folder_that_comes_back_is_still_watched(watched: Watched, tmp_path: Path) -> None:
    folder, elsewhere = tmp_path / "slides", tmp_path / "elsewhere"
    folder.mkdir()
    watch(watched, tmp_path, folder)
    for number, (goes, comes) in enumerate(
        [
            (folder.rmdir, folder.mkdir),
            (lambda: folder.rename(elsewhere), lambda: elsewhere.rename(folder)),
            (lambda: shutil.rmtree(folder), lambda: shutil.copytree(tmp_path / "other", folder)),
        ]
    ):
        (tmp_path / "other").mkdir(exist_ok=True)
        goes()
        watched.until(folder)
        comes()
        watched.until(folder)
        (folder / f"x{number}").write_text("1")
        watched.until(folder / f"x{number}")
    assert not watch(watched, tmp_path, folder)


def test_all_watched_folders_may_go_and_come_back(watched: Watched, tmp_path: Path) -> None:
    root, elsewhere = tmp_path / "course", tmp_path / "elsewhere"
    (root / "slides").mkdir(parents=True)
    watch(watched, root, root / "slides")
    root.rename(elsewhere)
    watched.until(root)
    elsewhere.rename(root)
    watched.until(root)
    (root / "slides/x").write_text("1")
    watched.until(root / "slides/x")


def test_a_link_that_leads_to_another_folder(watched: Watched, tmp_path: Path) -> None:
    for version in ("v1", "v2"):
        (tmp_path / "versions" / version).mkdir(parents=True)
    link, fresh = tmp_path / "data", tmp_path / "fresh"
    link.symlink_to("versions/v1")
    watch(watched, tmp_path, link)
    fresh.symlink_to("versions/v2")
    fresh.replace(link)  # as deployments do
    watched.until(link)
    (tmp_path / "versions/v2/x").write_text("1")
    watched.until(link / "x")


def test_a_folder_that_a_change_brings(watched: Watched, tmp_path: Path) -> None:
    new = tmp_path / "new"
    watched.more = [new]
    watch(watched, tmp_path)
    new.mkdir()
    watched.until(new)
    watched.until(new)  # what came in it before is not lost
    (new / "x").write_text("1")
    watched.until(new / "x")


def test_a_file_saved_in_place_at_once_and_with_an_old_time(watched: Watched, tmp_path: Path) -> None:
    file, fresh = tmp_path / "a.md", tmp_path / "fresh"
    file.write_text("0")
    watch(watched, tmp_path)
    for number in range(5):
        file.write_text(str(number + 1))  # of the same size, in the same second
        watched.until(file)
        fresh.write_text(str(number))
        os.utime(fresh, ns=(0, 0))
        fresh.replace(file)
        watched.until(file)


@pytest.mark.parametrize("polling", [NETWORK, SELDOM], ids=["network", "seldom"])
def test_what_no_event_reports(tmp_path: Path, polling: Polling) -> None:
    # A file that a link leads to stands for one that another machine writes.
    (tmp_path / "slides").mkdir()
    (tmp_path / "elsewhere").write_text("1")
    (tmp_path / "slides/a.md").symlink_to("../elsewhere")
    watched = Watched(polling)
    with watched.watcher:
        watch(watched, tmp_path / "slides")
        for number in range(3):
            (tmp_path / "elsewhere").write_text(str(number))
            watched.until(tmp_path / "slides/a.md")
    assert watched.reasons == (
        ["a file system of the type nfs4 may report none"] if polling is NETWORK else []
    )


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no such limit")
def test_without_events_changes_are_looked_for(tmp_path: Path) -> None:
    watched = Watched(Polling(often_seconds=0.02, mounts=dict))
    with watched.watcher, no_watches() as take:
        for number in range(50):
            folder, was_told = tmp_path / str(number), bool(watched.reasons)
            folder.mkdir()
            take()
            watch(watched, folder)
            (folder / "x").write_text("1")
            watched.until(folder / "x")
            if was_told:
                break
    assert len(watched.reasons) == 1
    assert watched.reasons[0].startswith("the system reports none: ")


def test_a_folder_that_does_not_exist(watched: Watched, tmp_path: Path) -> None:
    watch(watched, tmp_path, tmp_path / "absent")
    (tmp_path / "x").write_text("1")
    watched.until(tmp_path / "x")
