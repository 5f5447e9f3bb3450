"""What a build has read: which changes concern it, and where they can happen."""

from __future__ import annotations

from pathlib import Path

import pytest

from deckwright.files.disk import Disk
from deckwright.serve.watched_paths import WatchedPaths
from support.fakes import MemoryFiles

FILES = {
    "slides/a.md": b"# a",
    "slides/part/b.md": b"# b",
    "snippets/a.py": b"1",
    "lib/helper.py": b"2",
    "data/rows.csv": b"3",
}


@pytest.fixture
def watched() -> WatchedPaths:
    watched = WatchedPaths(MemoryFiles(FILES))
    assert watched.find("slides", ".md") == ["slides/a.md", "slides/part/b.md"]
    assert watched.read("slides/a.md") == b"# a"
    assert watched.exists("lib/helper.py")
    assert not watched.exists("lib/absent.py")
    assert watched.stamp("data/rows.csv")
    assert not watched.digest("pictures/")  # it does not exist yet
    return watched


@pytest.mark.parametrize(
    ("path", "is_folder"),
    [
        ("slides/a.md", False),
        ("slides/new.md", False),
        ("slides/new/deep.md", False),
        ("slides/new", True),
        ("slides", True),
        ("slides", False),  # it was removed
        ("data", True),
        ("pictures", True),
        ("lib/helper.py", False),
        ("lib/absent.py", False),
        ("data/rows.csv", False),
        ("pictures/any.png", False),
    ],
)
def test_what_was_read_concerns_a_build(watched: WatchedPaths, path: str, is_folder: bool) -> None:
    assert watched.concerns(path, is_folder)


@pytest.mark.parametrize(
    ("path", "is_folder"),
    [
        ("slides/a.md~", False),
        ("slides/.a.md.swp", False),
        ("slides/4913", False),
        ("slides/.git/a.md", False),
        ("slides/node_modules/x/readme.md", False),
        ("lib/other.py", False),
        ("lib/__pycache__/helper.pyc", False),
        ("dat", True),
        ("notes", True),
        ("build/slides/a.md", False),
        ("build", True),
        (".venv/lib/python3/site-packages/x.py", False),
        ("/elsewhere/slides/a.md", False),
    ],
)
def test_nothing_else_does(watched: WatchedPaths, path: str, is_folder: bool) -> None:
    assert not watched.concerns(path, is_folder)


def test_a_build_starts_no_other_by_its_results() -> None:
    watched = WatchedPaths(MemoryFiles({"build/data.csv": b"1"}))
    for path in ("build/data.csv", ".venv/x.py", "/usr/lib/x.py"):
        watched.exists(path)
    assert not watched.concerns("build/data.csv")
    assert not watched.concerns(".venv/x.py")
    assert not watched.concerns("/usr/lib/x.py")


def test_a_hidden_file_that_a_script_read() -> None:
    watched = WatchedPaths(MemoryFiles({"data/.labels": b"1"}))
    assert watched.digest("data/.labels")
    assert watched.concerns("data/.labels")
    assert not watched.concerns("data/.other")


def test_a_link_of_which_a_script_read_where_it_leads(tmp_path: Path) -> None:
    watched = WatchedPaths(MemoryFiles({}))
    watched.stamp("data/current/.")
    assert watched.concerns("data/current")
    (tmp_path / "data").mkdir()
    assert watched.folders(tmp_path) == {str(tmp_path / "data"), f"{tmp_path}/"}


def test_the_folders_of_what_was_read(tmp_path: Path) -> None:
    for path in (*FILES, "slides/.hidden/x.md", "slides/node_modules/x.md", "build/x", "far/away/x"):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(b"")
    watched = WatchedPaths(Disk(tmp_path))
    watched.find("slides", ".md")
    watched.find("figures", ".py")  # it is absent: the folder above shows when it is created
    watched.exists("lib/helper.py")
    watched.exists("data/deep/deeper/absent.csv")
    watched.stamp("far/away/")
    watched.read("build/x")
    watched.exists("/etc/hosts")
    folders = {Path(folder).relative_to(tmp_path).as_posix() for folder in watched.folders(tmp_path)}
    assert folders == {".", "slides", "slides/part", "lib", "data", "far", "far/away"}


def test_a_listed_root_is_watched() -> None:
    watched = WatchedPaths(MemoryFiles({}))
    watched.digest("./")
    assert watched.concerns("new.csv")
    assert not watched.concerns("data/new.csv")
