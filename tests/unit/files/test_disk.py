"""Reading files from the disk."""

import os
from pathlib import Path

import pytest

from deckwright.files.digests import ABSENT, digest
from deckwright.files.disk import Disk, digest_file, stamp_of


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for name in ("s/b.py", "s/a.py", "s/part/c.py", "s/.hidden.py", "s/.git/d.py", "s/__pycache__/e.py"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name)
    (tmp_path / "s/folder.py").mkdir()
    (tmp_path / "s/link.py").symlink_to("a.py")
    (tmp_path / "s/dead.py").symlink_to("nowhere.py")
    (tmp_path / "s/loop").symlink_to(tmp_path / "s")
    (tmp_path / "s/.#a.py").symlink_to("user@host.1234")
    return tmp_path


def test_a_file_has_the_digest_of_its_content(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"content")
    assert digest_file(tmp_path / "a") == digest(b"content")


def test_find_takes_files_and_links(root: Path) -> None:
    assert list(Disk(root).find("s", ".py")) == ["s/a.py", "s/b.py", "s/dead.py", "s/link.py", "s/part/c.py"]
    assert list(Disk(root).find("s", ".md")) == []
    assert list(Disk(root).find("none", ".py")) == []
    assert list(Disk(root).find("s/a.py", ".py")) == []


def test_a_folder_is_no_file(root: Path) -> None:
    disk = Disk(root)
    for path in ("s", "s/folder.py", "s/dead.py", "none.py", "s/a.py/b", "x" * 5000, "a\0b"):
        assert (disk.exists(path), disk.stamp(path)) == (False, None)


@pytest.mark.parametrize("path", ["s", "none.py", "s/dead.py", "x" * 5000])
def test_what_cannot_be_read_is_absent(root: Path, path: str) -> None:
    assert Disk(root).digest(path) == ABSENT


def test_reading_follows_links_and_takes_absolute_paths(root: Path) -> None:
    disk = Disk(root)
    assert disk.read("s/link.py") == disk.read(str(root / "s/a.py")) == b"s/a.py"
    assert disk.digest("s/link.py") == digest(b"s/a.py")
    assert disk.stamp("s/link.py") == disk.stamp("s/a.py")


def test_a_replaced_file_has_another_stamp(root: Path) -> None:
    path, disk = root / "s/a.py", Disk(root)
    os.utime(path, ns=(1, 1))
    first = disk.stamp("s/a.py")
    assert first == stamp_of(path.stat())
    other = root / "other"
    other.write_text("s/b.py")  # as long as the file that it replaces
    os.utime(other, ns=(1, 1))
    other.rename(path)
    assert disk.stamp("s/a.py") != first


def test_a_pipe_has_no_content(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert Disk(tmp_path).digest("pipe") == ABSENT


@pytest.mark.parametrize(
    ("name", "counts"),
    [
        *((name, True) for name in ("b.csv", ".env", ".hidden.csv", "~a", "a.swp", "gitignore")),
        *((name, False) for name in (".DS_Store", ".#a.md", "._a.csv", ".a.csv.swp", ".git", "__pycache__")),
        *((name, False) for name in (".~lock.a.ods#", ".pytest_cache", ".ipynb_checkpoints", ".nfs0001")),
    ],
)
def test_names_in_a_folder(tmp_path: Path, name: str, counts: bool) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data/a.csv").touch()
    before = Disk(tmp_path).digest("data/")
    (tmp_path / "data" / name).touch()
    assert (Disk(tmp_path).digest("data/") != before) is counts
