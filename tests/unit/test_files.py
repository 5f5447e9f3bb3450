"""Reading files, and folders by their names."""

from pathlib import Path

from deckwright.files import Disk
from deckwright.fingerprint import ABSENT


def test_a_folder_is_the_names_in_it(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data/b.csv").write_text("1")
    disk = Disk(tmp_path)
    before, stamp = disk.digest("data/"), disk.stamp("data/")
    (tmp_path / "data/b.csv").write_text("2")
    assert (disk.digest("data/"), disk.stamp("data/")) == (before, stamp)
    (tmp_path / "data/.b.csv.swp").write_text("")
    (tmp_path / "data/__pycache__").mkdir()
    assert disk.digest("data/") == before
    (tmp_path / "data/a.csv").write_text("1")
    assert disk.digest("data/") != before
    assert disk.stamp("data/") != stamp


def test_a_file_is_no_folder_and_a_folder_no_file(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "x").write_text("1")
    disk = Disk(tmp_path)
    for path in ("data", "x/", "absent/", "absent"):
        assert (disk.stamp(path), disk.digest(path)) == (None, ABSENT)
    assert disk.digest("./") != ABSENT
