"""How much a job has written below its folders."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from deckwright.execute.disk_use import DiskUse

MIB = 2**20


def write(path: Path, count: int) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        file.write(os.urandom(count))
        os.fsync(file.fileno())  # some disks count only then


def measured(use: DiskUse) -> int:
    """Return what is measured after enough steps."""
    for _ in range(20):
        count = use.step()
    return count


def test_files_of_all_folders_count(tmp_path: Path) -> None:
    use = DiskUse([tmp_path / "a", tmp_path / "b"])
    assert measured(use) == 0
    write(tmp_path / "a/x", MIB)
    write(tmp_path / "b/c/d/y", 2 * MIB)
    assert 3 * MIB <= measured(use) < 3.2 * MIB
    shutil.rmtree(tmp_path / "b")
    assert MIB <= measured(use) < 1.2 * MIB


def test_what_a_sparse_file_does_not_hold_does_not_count(tmp_path: Path) -> None:
    write(tmp_path / "x", MIB)
    os.truncate(tmp_path / "x", 50 * 2**30)
    assert MIB <= measured(DiskUse([tmp_path])) < 1.2 * MIB


@pytest.mark.parametrize("link", [os.link, os.symlink])
def test_a_file_counts_once_and_links_lead_nowhere(tmp_path: Path, link: object) -> None:
    write(tmp_path / "elsewhere/x", MIB)
    (tmp_path / "own").mkdir()
    (tmp_path / "own/loop").symlink_to("..")
    for number in range(5):
        link(tmp_path / "elsewhere/x", tmp_path / f"own/{number}")  # type: ignore[operator]
    assert measured(DiskUse([tmp_path / "own"])) < 1.2 * MIB


def removed(folder: Path) -> int:
    file = os.open(folder / "x", os.O_CREAT | os.O_RDWR)
    os.remove(folder / "x")
    return file


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere, files without names are not seen")
@pytest.mark.parametrize(
    "open_file",
    [removed, lambda folder: os.open(folder, os.O_TMPFILE | os.O_RDWR), lambda _: os.memfd_create("x")],
    ids=["removed", "never named", "in memory"],
)
def test_files_without_names_count_once(tmp_path: Path, open_file: Callable[[Path], int]) -> None:
    file = open_file(tmp_path)
    try:
        os.write(file, os.urandom(MIB))
        os.fsync(file)
        second = os.dup(file)
        use = DiskUse([tmp_path / "own"])
        count = max(use.step([os.getpid(), os.getpid()]) for _ in range(20))
        os.close(second)
    finally:
        os.close(file)
    assert MIB <= count < 1.2 * MIB


def test_many_files_are_counted_over_several_steps(tmp_path: Path) -> None:
    for number in range(1200):
        write(tmp_path / str(number), 4096)
    use = DiskUse([tmp_path])
    first = use.step()
    assert 0 < first < 1200 * 4096 <= measured(use)
