"""Which files pages may have."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from deckwright.files.borders import is_file, lies_within, real_folders
from deckwright.files.disk import Disk
from deckwright.files.overlay import Overlay
from deckwright.files.tracked import TrackedFiles


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A project with links, beside folders that are none of it."""
    for name in ("course/slides", "course/slides/img", "shared/more", "away", "course-2"):
        (tmp_path / name).mkdir(parents=True, exist_ok=True)
        (tmp_path / name / "p.png").touch()
    course = tmp_path / "course"
    for link, target in {
        "slides/in.png": "img/p.png",
        "slides/out.png": "../../away/p.png",
        "slides/absolute.png": f"{tmp_path}/away/p.png",
        "slides/folder": "../../away",
        "slides/twice.png": "out.png",
        "slides/shared.png": "../../shared/p.png",
        "slides/back": "../../course/slides/img",
        "slides/gone.png": "../../away/none.png",
        "slides/self": "self",
        "slides/zero": "/dev/zero",
        "figures": "../away",
    }.items():
        (course / link).symlink_to(target)
    return course


INSIDE = (
    *("slides/p.png", "slides/in.png", "slides/back/p.png", "slides/none.png", "./slides/../slides/p.png"),
    *("slides/folder/../course/slides/p.png", "slides/self"),
)
OUTSIDE = (
    *("slides/out.png", "slides/absolute.png", "slides/folder/p.png", "slides/twice.png", "slides/gone.png"),
    *("../away/p.png", "..", "/etc/passwd", "slides/zero", "../course-2/p.png", "slides/../../away/p.png"),
    *("slides/img/../../../away/p.png", "/", "//etc/passwd", "slides/folder/../away/p.png", "a\0b"),
)


@pytest.mark.parametrize("path", INSIDE)
def test_what_really_lies_in_the_project(root: Path, path: str) -> None:
    assert Disk(root).is_inside(path)


@pytest.mark.parametrize("path", OUTSIDE)
def test_what_does_not(root: Path, path: str) -> None:
    assert not Disk(root).is_inside(path)
    assert not TrackedFiles(Overlay(Disk(root), {})).is_inside(path)


@pytest.mark.parametrize(
    "allowed", ["../shared", "~/shared", "{}/shared", "../shared/more/..", "slides/../../shared"]
)
def test_folders_may_be_let_in(root: Path, allowed: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(root.parent))
    disk = Disk(root, [allowed.format(root.parent)])
    assert all(map(disk.is_inside, ("slides/shared.png", "../shared/more/p.png", "slides/p.png")))
    assert not any(map(disk.is_inside, ("../away/p.png", "slides/out.png")))


def test_a_folder_that_is_a_link_may_be_let_in(root: Path) -> None:
    assert not Disk(root).is_inside("figures/p.png")
    disk = Disk(root, ["figures"])
    assert disk.is_inside("figures/p.png")
    assert disk.is_inside("slides/out.png")


def test_a_root_that_is_a_link(root: Path) -> None:
    link = root.parent / "link"
    link.symlink_to("course")
    assert real_folders(link, ()) == real_folders(root, ()) == (Path(os.path.realpath(root)),)
    assert Disk(link).is_inside("slides/p.png")


def test_a_link_that_leads_elsewhere_is_noticed(root: Path) -> None:
    files = TrackedFiles(Disk(root))
    assert files.is_inside("slides/in.png")
    log = files.file_log()
    assert TrackedFiles(Disk(root)).agrees(log)
    (root / "slides/in.png").unlink()
    (root / "slides/in.png").symlink_to("../../away/p.png")
    assert not TrackedFiles(Disk(root)).agrees(log)


def test_only_regular_files_are_read(root: Path) -> None:
    os.mkfifo(root / "pipe")
    names = (
        "slides/p.png",
        "slides/in.png",
        "slides",
        "slides/zero",
        "slides/self",
        "pipe",
        "a\0b",
        "x" * 300,
    )
    assert [name for name in names if is_file(root / name)] == ["slides/p.png", "slides/in.png"]


def test_no_file_lies_within_nothing(root: Path) -> None:
    assert not lies_within(root / "slides/p.png", ())
