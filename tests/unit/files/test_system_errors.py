"""Errors of the system as users see them: each has a slug and says what to do."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from deckwright.errors import ConfigError
from deckwright.files.atomic import write_atomic
from deckwright.files.system_errors import as_ours

SLUGS = [
    ("ENOSPC", "disk-full", "free space"),
    ("EDQUOT", "disk-full", "free space"),
    ("EFBIG", "disk-full", "free space"),
    ("EACCES", "no-permission", "make . readable and writable for you: `ls -ld .`"),
    ("EPERM", "no-permission", "readable and writable"),
    ("EROFS", "no-permission", "copy the project"),
    ("EMFILE", "system-limit", "ulimit -n"),
    ("ENFILE", "system-limit", "ulimit -n"),
    ("ENOMEM", "system-limit", "--jobs 1"),
    ("EAGAIN", "system-limit", "--jobs 1"),
    ("EIO", "system", "put that right"),
    ("ESTALE", "system", "put that right"),
    ("ENOENT", "system", "put that right"),
]


@pytest.mark.parametrize(("name", "slug", "hint"), SLUGS)
def test_each_error_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, slug: str, hint: str
) -> None:
    monkeypatch.chdir(tmp_path)
    number = getattr(errno, name)
    ours = as_ours(OSError(number, os.strerror(number), str(tmp_path / "a/b")))
    assert (ours.slug, ours.message) == (slug, f"a/b: {os.strerror(number)}")
    assert hint in ours.hint


def test_what_is_ours_stays() -> None:
    error = ConfigError("a", "b")
    assert as_ours(error) is error
    assert as_ours(MemoryError()).slug == "system-limit"


def test_a_path_elsewhere_is_named_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    ours = as_ours(PermissionError(errno.EACCES, "Permission denied", "/etc/none such"))
    assert ours.message == "/etc/none such: Permission denied"
    assert ours.hint == "make /etc readable and writable for you: `ls -ld /etc` shows whose it is"
    assert as_ours(PermissionError(errno.EACCES, "denied")).hint.startswith("make the project's files")


def test_what_stands_in_the_way_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "build").write_text("notes")
    (tmp_path / "gone").symlink_to("/nowhere/at/all")
    (tmp_path / "circle").symlink_to("circle")
    (tmp_path / "page.html").mkdir()
    for path, message in {
        "build/html/a.html": "build is a file, where a folder is to be",
        "gone/html/a.html": "gone is a link to /nowhere/at/all, which is not there",
        "circle/a": "circle is a link to circle, which is not there",
        "page.html": "page.html is a folder, where a file is to be",
    }.items():
        with pytest.raises(OSError, match=path.partition("/")[0]) as caught:
            write_atomic(Path(path), b"x")
        ours = as_ours(caught.value)
        assert (ours.slug, ours.message) == ("path", message)
        assert ours.hint.startswith("move it away, or remove it")
    assert sorted(each.name for each in tmp_path.iterdir()) == ["build", "circle", "gone", "page.html"]


def test_the_current_folder_is_gone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "gone"
    folder.mkdir()
    monkeypatch.chdir(folder)
    folder.rmdir()
    with pytest.raises(FileNotFoundError) as caught:
        os.getcwd()
    assert as_ours(caught.value).message == "the current folder is not there any more"
    assert as_ours(OSError(errno.EIO, "bad", str(folder / "x"))).message == f"{folder}/x: bad"
