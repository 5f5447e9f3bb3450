"""The folder of a site: only what a publication wrote is replaced."""

from pathlib import Path

import pytest

from deckwright.errors import ConfigError
from deckwright.publish.folder import MANIFEST, check_folder, release_folder, releases_in, write_site

FIRST = {"index.html": b"1", "html/a.html": b"a", "kit/a.zip": b"z"}


def files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.name != MANIFEST
    }


def test_a_site_is_written_and_replaced(tmp_path: Path) -> None:
    site = tmp_path / "site"
    check_folder(site)
    assert write_site(site, FIRST) == 3
    check_folder(site)
    second = {"index.html": b"2", "html/a.html": b"a", "html/b.html": b"b"}
    assert write_site(site, second) == 2
    assert files(site) == second
    assert not (site / "kit").exists()


def test_other_files_stay(tmp_path: Path) -> None:
    write_site(tmp_path, FIRST)
    (tmp_path / "CNAME").write_text("example.org")
    (tmp_path / "kit/mine.txt").write_text("mine")
    write_site(tmp_path, {"index.html": b"2"})
    assert files(tmp_path) == {"index.html": b"2", "CNAME": b"example.org", "kit/mine.txt": b"mine"}


def test_a_folder_with_other_files_is_refused(tmp_path: Path) -> None:
    (tmp_path / "thesis.tex").write_text("mine")
    with pytest.raises(ConfigError, match=r"holds other files, such as thesis\.tex"):
        check_folder(tmp_path)


def test_what_is_no_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "site").write_text("a file")
    with pytest.raises(ConfigError, match="is no folder"):
        check_folder(tmp_path / "site")


def test_a_damaged_list_is_refused(tmp_path: Path) -> None:
    write_site(tmp_path, FIRST)
    (tmp_path / MANIFEST).write_text("{")
    with pytest.raises(ConfigError, match="is damaged"):
        write_site(tmp_path, FIRST)


def test_one_that_was_stopped_is_finished(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_site(tmp_path, FIRST)
    second = {"index.html": b"2", "html/b.html": b"b", "html/c.html": b"c"}
    written: list[str] = []

    def stop(path: Path, data: bytes) -> bool:
        if len(written) == 2:
            raise KeyboardInterrupt
        written.append(path.name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        return True

    with monkeypatch.context() as patch:
        patch.setattr("deckwright.publish.folder.write_file", stop)
        with pytest.raises(KeyboardInterrupt):
            write_site(tmp_path, second)
    assert (tmp_path / "index.html").read_bytes() == b"1"
    write_site(tmp_path, second)
    assert files(tmp_path) == second


def test_releases_stay(tmp_path: Path) -> None:
    site = tmp_path / "site"
    write_site(release_folder(site, "2026-autumn"), FIRST)
    check_folder(site)
    write_site(site, FIRST)
    write_site(release_folder(site, "2027-spring"), {"index.html": b"3"})
    write_site(site, {"index.html": b"4"})
    assert releases_in(site) == ("2027-spring", "2026-autumn")
    assert files(site / "2026-autumn") == FIRST
    assert (site / "2027-spring/index.html").read_bytes() == b"3"


@pytest.mark.parametrize("name", ["", ".", "..", "a/b", "kit", ".git", "a b"])
def test_names_that_no_release_can_have(tmp_path: Path, name: str) -> None:
    with pytest.raises(ConfigError, match="a release cannot be called"):
        release_folder(tmp_path, name)


def test_a_release_that_is_there(tmp_path: Path) -> None:
    write_site(release_folder(tmp_path, "2026"), FIRST)
    with pytest.raises(ConfigError, match="is there already"):
        release_folder(tmp_path, "2026")
