"""The author's files: replaced where nobody edits them, and left as they are where someone does."""

from __future__ import annotations

import fcntl
import os
import signal
import stat
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from deckwright.files.locks import locked
from deckwright.files.sources import remove_file, remove_leftovers, replace_file

Save = Callable[[Path], object]


def in_place(path: Path) -> None:
    path.write_bytes(b"edited")


def by_rename(path: Path) -> None:
    fresh = path.with_name("4913~")
    fresh.write_bytes(b"edited")
    fresh.replace(path)


def with_backup(path: Path) -> None:
    path.rename(path.with_name("deck.md~"))
    path.write_bytes(b"edited")


SAVES = pytest.mark.parametrize("save", [in_place, by_rename, with_backup])


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "slides/deck.md"
    path.parent.mkdir()
    path.write_bytes(b"old")
    return path


@pytest.fixture(params=[True, False], ids=["exchanged", "renamed"])
def exchanges(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> bool:
    """Whether the file system can exchange two files."""
    if not request.param:
        monkeypatch.setattr("deckwright.files.sources.exchange", lambda one, other: False)
    return bool(request.param)


def at(monkeypatch: pytest.MonkeyPatch, module: object, name: str, save: Callable[[], object]) -> None:
    """Let something happen once, just before the next call of a function of the system."""
    real, left = getattr(module, name), [save]

    def call(*arguments: object) -> object:
        if left:
            left.pop()()
        return real(*arguments)

    monkeypatch.setattr(module, name, call)


def beside(path: Path) -> list[str]:
    return sorted(each for each in os.listdir(path.parent) if each != path.name and not each.endswith("~"))


def test_a_file_is_replaced(path: Path, exchanges: bool) -> None:
    assert replace_file(path, b"old", b"new")
    assert (path.read_bytes(), beside(path)) == (b"new", [])


def test_a_file_is_made(tmp_path: Path, exchanges: bool) -> None:
    path = tmp_path / "slides/images/a.png"
    assert replace_file(path, None, b"new")
    assert (path.read_bytes(), beside(path)) == (b"new", [])
    assert path.stat().st_mode & 0o777 == 0o644


def test_what_is_there_already_is_well(path: Path) -> None:
    inode = path.stat().st_ino
    assert replace_file(path, b"older", b"old")
    assert path.stat().st_ino == inode


@pytest.mark.parametrize("before", [b"older", None])
def test_what_was_edited_before_stays(path: Path, before: bytes | None) -> None:
    assert not replace_file(path, before, b"new")
    assert (path.read_bytes(), beside(path)) == (b"old", [])


@SAVES
@pytest.mark.parametrize("before", [b"old", None])
def test_what_is_saved_while_the_new_file_is_written_stays(
    path: Path, exchanges: bool, save: Save, before: bytes | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    if before is None:
        path.unlink()
        save = in_place
    at(monkeypatch, os, "fsync", lambda: save(path))
    assert not replace_file(path, before, b"new")
    assert (path.read_bytes(), beside(path)) == (b"edited", [])


def test_what_is_removed_meanwhile_stays_away(
    path: Path, exchanges: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    at(monkeypatch, os, "fsync", path.unlink)
    assert not replace_file(path, b"old", b"new")
    assert os.listdir(path.parent) == []


@SAVES
def test_of_two_saves_the_later_one_stays(path: Path, save: Save, monkeypatch: pytest.MonkeyPatch) -> None:
    at(monkeypatch, os, "fsync", lambda: path.write_bytes(b"first"))
    at(monkeypatch, fcntl, "fcntl", lambda: save(path))  # asked after the exchange whether someone writes
    assert not replace_file(path, b"old", b"new")
    assert (path.read_bytes(), beside(path)) == (b"edited", [])


def test_what_is_removed_after_the_exchange_comes_back_if_it_was_edited(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    at(monkeypatch, os, "fsync", lambda: path.write_bytes(b"edited"))
    at(monkeypatch, fcntl, "fcntl", path.unlink)
    assert not replace_file(path, b"old", b"new")
    assert (path.read_bytes(), beside(path)) == (b"edited", [])


def test_an_editor_that_has_opened_the_file_may_go_on(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It writes into the old file after this one has lost its name."""
    editor = path.open("r+b", buffering=0)

    def write() -> None:
        editor.write(b"edited")
        editor.close()

    at(monkeypatch, fcntl, "fcntl", lambda: threading.Timer(0.1, write).start())
    assert not replace_file(path, b"old", b"new")
    assert (path.read_bytes(), beside(path)) == (b"edited", [])


def test_a_file_that_stays_open_for_writing_is_left(path: Path) -> None:
    with path.open("r+b", buffering=0) as editor:
        assert not replace_file(path, b"old", b"new")
        editor.write(b"edited")
    assert (path.read_bytes(), beside(path)) == (b"edited", [])


def test_a_reader_does_not_matter(path: Path) -> None:
    with path.open("rb") as reader:
        assert replace_file(path, b"old", b"new")
        assert reader.read() == b"old"


def test_a_link_stays_and_where_it_leads_is_replaced(path: Path) -> None:
    link = path.parent.parent / "link.md"
    link.symlink_to("between.md")
    (path.parent.parent / "between.md").symlink_to("slides/deck.md")
    assert replace_file(link, b"old", b"new")
    assert link.is_symlink()
    assert path.read_bytes() == b"new"


def test_another_name_of_the_file_keeps_what_it_holds(path: Path) -> None:
    backup = path.with_name("backup~")
    backup.hardlink_to(path)
    assert replace_file(path, b"old", b"new")
    assert (path.read_bytes(), backup.read_bytes()) == (b"new", b"old")


def test_permissions_and_attributes_stay(path: Path) -> None:
    path.chmod(0o640)
    if os.geteuid() == 0:
        os.chown(path, 1234, 1235)
    status = path.stat()
    try:
        os.setxattr(path, "user.note", b"mine")
        attributes = ["user.note"]
    except (OSError, AttributeError):
        attributes = []
    assert replace_file(path, b"old", b"new")
    now = path.stat()
    assert (stat.S_IMODE(now.st_mode), now.st_uid, now.st_gid) == (0o640, status.st_uid, status.st_gid)
    assert [os.getxattr(path, name) for name in attributes] == [b"mine"] * len(attributes)


@pytest.mark.parametrize("call", ["fsync", "rename"])
def test_a_write_that_fails_leaves_the_old_file(
    path: Path, call: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail() -> None:
        raise OSError(28, "No space left on device")

    at(monkeypatch, os, call, fail)
    with pytest.raises(OSError, match="No space left"):
        replace_file(path, b"old", b"new")
    assert (path.read_bytes(), beside(path)) == (b"old", [])


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(IsADirectoryError):
        replace_file(tmp_path, None, b"new")


@pytest.mark.parametrize("others", [0, 1], ids=["alone", "beside another thread"])
def test_a_signal_waits_until_the_file_is_whole(
    path: Path, monkeypatch: pytest.MonkeyPatch, others: int
) -> None:
    at(monkeypatch, os, "fsync", lambda: os.kill(os.getpid(), signal.SIGINT))
    with ThreadPoolExecutor(1) as pool:
        list(pool.map(abs, range(others)))
        with pytest.raises(KeyboardInterrupt):
            replace_file(path, b"old", b"new")
    assert (path.read_bytes(), beside(path)) == (b"new", [])


# --- removing ---------------------------------------------------------------------------------


def test_a_file_is_removed_unless_it_was_edited(path: Path) -> None:
    assert not remove_file(path, b"older")
    assert (path.read_bytes(), beside(path)) == (b"old", [])
    assert remove_file(path, b"old")
    assert os.listdir(path.parent) == []


# --- what killed commands leave ---------------------------------------------------------------


def left_by_a_kill(path: Path, monkeypatch: pytest.MonkeyPatch, module: object, call: str) -> list[str]:
    """Replace a file in a process that is killed before a call of the system; return what is beside it."""
    child = os.fork()
    if not child:
        at(monkeypatch, module, call, lambda: os.kill(os.getpid(), signal.SIGKILL))
        replace_file(path, b"old", b"new")
        os._exit(1)
    assert os.WTERMSIG(os.waitpid(child, 0)[1]) == signal.SIGKILL
    return beside(path)


@pytest.mark.parametrize(
    ("module", "call", "holds"), [(os, "fsync", b"old"), (os, "rename", b"old"), (fcntl, "fcntl", b"new")]
)
def test_the_next_command_removes_what_a_killed_one_left(
    path: Path, module: object, call: str, holds: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert len(left_by_a_kill(path, monkeypatch, module, call)) == 1
    assert path.read_bytes() == holds
    with locked(path.parent, 0):  # another command works here
        assert remove_leftovers(path.parent) == ()
        assert len(beside(path)) == 1
    assert remove_leftovers(path.parent) == ()
    assert beside(path) == []


def test_what_was_saved_when_a_command_was_killed_is_named(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (name,) = left_by_a_kill(path, monkeypatch, fcntl, "fcntl")
    left = path.with_name(name)
    left.write_bytes(b"edited")
    assert remove_leftovers(path.parent) == (left,)
    assert replace_file(path, b"new", b"newer")
    assert (path.read_bytes(), left.read_bytes()) == (b"newer", b"edited")


def test_foreign_files_stay(path: Path) -> None:
    names = [".deckwright-1.tmp", ".deckwright-0123456789abcdef", ".0123456789abcdef.tmp", "a.tmp"]
    for name in names:
        path.with_name(name).touch()
    assert remove_leftovers(path.parent) == ()
    assert beside(path) == sorted(names)
    assert remove_leftovers(path.parent / "none") == ()
