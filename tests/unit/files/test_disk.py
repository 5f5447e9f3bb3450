"""Reading files, and remembering what was read."""

import os
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deckwright.files.digests import ABSENT, digest
from deckwright.files.disk import Disk, stamp_of
from deckwright.files.tracked import STABLE_NS, FileLog, FileState, TrackedFiles
from deckwright.model import Stamp
from support.fakes import MemoryFiles

TEXTS = {"a.md": b"A", "b.py": b"B", "part/c.py": b"C", "part/d.md": b"D"}
OLD = Stamp(1, 1, 1, 1)


class Stamped(MemoryFiles):
    """Files with stamps by hand."""

    now: Stamp | None = None

    def stamp(self, path: str) -> Stamp | None:
        stamp = MemoryFiles.stamp(self, path)
        return (self.now or stamp) if stamp else None


@pytest.fixture
def files() -> Stamped:
    return Stamped(dict(TEXTS))


def asked(files: MemoryFiles) -> FileLog:
    """Ask one question of each kind."""
    witness = TrackedFiles(files)
    assert (witness.exists("a.md"), witness.exists("none.md")) == (True, False)
    assert (witness.read("a.md"), witness.digest("b.py")) == (b"A", digest(b"B"))
    assert witness.digest("none.csv") == ABSENT
    assert witness.find("part", ".py") == ("part/c.py",)
    return witness.file_log()


# --- the witness ------------------------------------------------------------------------------


def test_one_question_has_one_answer(files: Stamped) -> None:
    witness = TrackedFiles(files)
    questions: list[Callable[[], object]] = [
        lambda: witness.exists("a.md"),
        lambda: witness.read("a.md"),
        lambda: witness.digest("a.md"),
        lambda: witness.digest("b.py"),
        lambda: witness.digest("new.md"),
        lambda: witness.exists("new.md"),
        lambda: witness.find("part", ".py"),
    ]
    before = [ask() for ask in questions]
    files.contents.clear()
    files.contents |= {"new.md": b"N", "part/new.py": b"N", "b.py": b"2"}
    assert [ask() for ask in questions] == before
    assert files.log == ["a.md", "b.py"]


def test_a_file_that_cannot_be_read_is_absent_afterwards(files: Stamped) -> None:
    witness = TrackedFiles(files)
    with pytest.raises(FileNotFoundError):
        witness.read("none.md")
    assert witness.digest("none.md") == ABSENT


def test_what_is_as_it_was_agrees_and_is_not_read(files: Stamped) -> None:
    before = asked(files)
    files.log.clear()
    assert TrackedFiles(files, before).agrees(before)
    assert files.log == []


def test_a_touched_file_is_read_once_and_agrees(files: Stamped) -> None:
    before = asked(files)
    files.now = replace(OLD, changed_ns=2)
    files.log.clear()
    later = TrackedFiles(files, before)
    assert later.agrees(before)
    assert sorted(files.log) == ["a.md", "b.py"]
    assert TrackedFiles(files, later.file_log()).agrees(before)
    assert sorted(files.log) == ["a.md", "b.py"]


@pytest.mark.parametrize(
    "change",
    [
        {"a.md": b"2"},
        {"b.py": b"2"},
        {"a.md": None},
        {"b.py": None},
        {"none.md": b""},
        {"none.csv": b""},
        {"part/c.py": None},
        {"part/e.py": b""},
        {"part/deep/e.py": b""},
    ],
)
def test_whatever_changes_an_answer_disagrees(files: Stamped, change: Mapping[str, bytes | None]) -> None:
    before = asked(files)
    for path, data in change.items():
        files.contents.pop(path, None)
        if data is not None:
            files.contents[path] = data
    assert not TrackedFiles(files, before).agrees(before)


@pytest.mark.parametrize("change", [{"part/c.py": b"2"}, {"part/d.md": b"2"}, {"x.md": b""}])
def test_what_nobody_asked_agrees(files: Stamped, change: Mapping[str, bytes]) -> None:
    before = asked(files)
    files.contents |= change
    assert TrackedFiles(files, before).agrees(before)


@pytest.mark.parametrize("field", ["modified_ns", "changed_ns"])
def test_a_file_that_changed_just_now_is_read_again(files: Stamped, field: str) -> None:
    files.now = replace(OLD, **{field: time.time_ns()})
    before = asked(files)
    assert {seen.stamp for seen in before.files.values()} == {None}
    files.contents["a.md"] = b"2"  # with the very same stamp
    assert not TrackedFiles(files, before).agrees(before)


def test_a_file_of_the_future_is_never_settled(files: Stamped) -> None:
    files.now = replace(OLD, modified_ns=time.time_ns() + 10**15)
    assert asked(files).files["a.md"].stamp is None


def test_a_file_settles_with_time(files: Stamped) -> None:
    files.now = replace(OLD, modified_ns=time.time_ns() - STABLE_NS - 1)
    assert asked(files).files["a.md"] == FileState(digest(b"A"), files.now)


def test_a_file_that_changes_while_it_is_read_is_read_again(files: Stamped) -> None:
    class Changing(MemoryFiles):
        def read(self, path: str) -> bytes:
            data = MemoryFiles.read(self, path)
            self.contents[path] = b"later"
            return data

    for ask in (TrackedFiles.read, TrackedFiles.digest):
        changing = Changing({"a.md": b"A"})
        witness = TrackedFiles(changing)
        ask(witness, "a.md")
        assert not TrackedFiles(changing, witness.file_log()).agrees(witness.file_log())


contents = st.dictionaries(st.sampled_from([*TEXTS, "new.md", "part/new.py"]), st.binary(max_size=1))


@given(contents, contents, st.sets(st.sampled_from([*TEXTS, "new.md"])), st.booleans())
def test_a_testimony_agrees_exactly_if_all_answers_are_the_same(
    before: dict[str, bytes], after: dict[str, bytes], paths: set[str], look: bool
) -> None:
    def answers(files: Mapping[str, bytes]) -> object:
        found = {path for path in files if path.startswith("part/") and path.endswith(".py")}
        return {path: files.get(path) for path in paths}, found if look else None

    witness = TrackedFiles(MemoryFiles(before))
    for path in paths:
        witness.digest(path)
    if look:
        witness.find("part", ".py")
    told = witness.file_log()
    assert TrackedFiles(MemoryFiles(after), told).agrees(told) == (answers(before) == answers(after))


# --- the disk ---------------------------------------------------------------------------------


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


def test_find_takes_files_and_links_to_files(root: Path) -> None:
    assert list(Disk(root).find("s", ".py")) == ["s/a.py", "s/b.py", "s/link.py", "s/part/c.py"]
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


def test_a_stamp_tells_what_another_program_did(root: Path) -> None:
    path, disk = root / "s/a.py", Disk(root)
    os.utime(path, ns=(1, 1))
    first = disk.stamp("s/a.py")
    assert first == stamp_of(path.stat())
    other = root / "other"
    other.write_text("s/b.py")  # as long as the file that it replaces
    os.utime(other, ns=(1, 1))
    other.rename(path)
    assert disk.stamp("s/a.py") != first


def test_a_link_that_leads_elsewhere_has_another_stamp(root: Path) -> None:
    disk = Disk(root)
    before = TrackedFiles(disk)
    before.read("s/link.py")
    (root / "s/link.py").unlink()
    (root / "s/link.py").symlink_to("b.py")
    assert not TrackedFiles(disk, before.file_log()).agrees(before.file_log())


def test_a_pipe_has_no_content(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert Disk(tmp_path).digest("pipe") == ABSENT
    assert TrackedFiles(Disk(tmp_path)).digest("pipe") == ABSENT
