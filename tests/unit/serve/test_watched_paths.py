"""What a build asked for: which changes concern it, and where they can happen."""

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
def asked() -> WatchedPaths:
    asked = WatchedPaths(MemoryFiles(FILES))
    assert asked.find("slides", ".md") == ["slides/a.md", "slides/part/b.md"]
    assert asked.read("slides/a.md") == b"# a"
    assert asked.exists("lib/helper.py")
    assert not asked.exists("lib/absent.py")
    assert asked.stamp("data/rows.csv")
    assert not asked.digest("pictures/")  # there is none yet
    return asked


@pytest.mark.parametrize(
    ("path", "is_folder"),
    [
        ("slides/a.md", False),
        ("slides/new.md", False),
        ("slides/new/deep.md", False),
        ("slides/new", True),
        ("slides", True),
        ("slides", False),  # it went away
        ("data", True),
        ("pictures", True),
        ("lib/helper.py", False),
        ("lib/absent.py", False),
        ("data/rows.csv", False),
        ("pictures/any.png", False),
    ],
)
def test_what_was_asked_for_concerns_a_build(asked: WatchedPaths, path: str, is_folder: bool) -> None:
    assert asked.concerns(path, is_folder)


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
def test_nothing_else_does(asked: WatchedPaths, path: str, is_folder: bool) -> None:
    assert not asked.concerns(path, is_folder)


def test_a_build_is_never_woken_by_its_own_results() -> None:
    asked = WatchedPaths(MemoryFiles({"build/data.csv": b"1"}))
    for path in ("build/data.csv", ".venv/x.py", "/usr/lib/x.py"):
        asked.exists(path)
    assert not asked.concerns("build/data.csv")
    assert not asked.concerns(".venv/x.py")
    assert not asked.concerns("/usr/lib/x.py")


def test_folders_are_those_of_what_was_asked_for(tmp_path: Path) -> None:
    for path in (*FILES, "slides/.hidden/x.md", "slides/node_modules/x.md", "build/x", "far/away/x"):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(b"")
    asked = WatchedPaths(Disk(tmp_path))
    asked.find("slides", ".md")
    asked.find("figures", ".py")  # it is not there: its making is seen from above
    asked.exists("lib/helper.py")
    asked.exists("data/deep/deeper/absent.csv")
    asked.stamp("far/away/")
    asked.read("build/x")
    asked.exists("/etc/hosts")
    found = {Path(folder).relative_to(tmp_path).as_posix() for folder in asked.folders(tmp_path)}
    assert found == {".", "slides", "slides/part", "lib", "data", "far", "far/away"}


def test_a_listed_root_is_watched() -> None:
    asked = WatchedPaths(MemoryFiles({}))
    asked.digest("./")
    assert asked.concerns("new.csv")
    assert not asked.concerns("data/new.csv")
