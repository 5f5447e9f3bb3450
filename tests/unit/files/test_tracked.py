"""Tracked reads: questions, answers, and whether the answers are still the same."""

import os
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deckwright.files.digests import ABSENT, digest
from deckwright.files.disk import Disk
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


def log_of_questions(files: MemoryFiles) -> FileLog:
    """Ask one question of each kind."""
    tracked = TrackedFiles(files)
    assert (tracked.exists("a.md"), tracked.exists("none.md")) == (True, False)
    assert (tracked.read("a.md"), tracked.digest("b.py")) == (b"A", digest(b"B"))
    assert tracked.digest("none.csv") == ABSENT
    assert tracked.find("part", ".py") == ("part/c.py",)
    return tracked.file_log()


def test_one_question_has_one_answer(files: Stamped) -> None:
    tracked = TrackedFiles(files)
    questions: list[Callable[[], object]] = [
        lambda: tracked.exists("a.md"),
        lambda: tracked.read("a.md"),
        lambda: tracked.digest("a.md"),
        lambda: tracked.digest("b.py"),
        lambda: tracked.digest("new.md"),
        lambda: tracked.exists("new.md"),
        lambda: tracked.find("part", ".py"),
    ]
    before = [ask() for ask in questions]
    files.contents.clear()
    files.contents |= {"new.md": b"N", "part/new.py": b"N", "b.py": b"2"}
    assert [ask() for ask in questions] == before
    assert files.log == ["a.md", "b.py"]


def test_a_file_that_cannot_be_read_is_absent_afterwards(files: Stamped) -> None:
    tracked = TrackedFiles(files)
    with pytest.raises(FileNotFoundError):
        tracked.read("none.md")
    assert tracked.digest("none.md") == ABSENT


def test_unchanged_files_agree_and_are_not_read(files: Stamped) -> None:
    before = log_of_questions(files)
    files.log.clear()
    assert TrackedFiles(files, before).agrees(before)
    assert files.log == []


def test_a_touched_file_is_read_once_and_agrees(files: Stamped) -> None:
    before = log_of_questions(files)
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
def test_another_answer_disagrees(files: Stamped, change: Mapping[str, bytes | None]) -> None:
    before = log_of_questions(files)
    for path, data in change.items():
        files.contents.pop(path, None)
        if data is not None:
            files.contents[path] = data
    assert not TrackedFiles(files, before).agrees(before)


@pytest.mark.parametrize("change", [{"part/c.py": b"2"}, {"part/d.md": b"2"}, {"x.md": b""}])
def test_what_was_not_asked_may_change(files: Stamped, change: Mapping[str, bytes]) -> None:
    before = log_of_questions(files)
    files.contents |= change
    assert TrackedFiles(files, before).agrees(before)


@pytest.mark.parametrize("field", ["modified_ns", "changed_ns"])
def test_a_file_that_changed_just_now_is_read_again(files: Stamped, field: str) -> None:
    files.now = replace(OLD, **{field: time.time_ns()})
    before = log_of_questions(files)
    assert {state.stamp for state in before.files.values()} == {None}
    files.contents["a.md"] = b"2"  # with the same stamp
    assert not TrackedFiles(files, before).agrees(before)


def test_a_file_from_the_future_has_no_stamp(files: Stamped) -> None:
    files.now = replace(OLD, modified_ns=time.time_ns() + 10**15)
    assert log_of_questions(files).files["a.md"].stamp is None


def test_a_file_that_changed_long_ago_has_a_stamp(files: Stamped) -> None:
    files.now = replace(OLD, modified_ns=time.time_ns() - STABLE_NS - 1)
    assert log_of_questions(files).files["a.md"] == FileState(digest(b"A"), files.now)


def test_a_file_that_changes_while_it_is_read_is_read_again(files: Stamped) -> None:
    class Changing(MemoryFiles):
        def read(self, path: str) -> bytes:
            data = MemoryFiles.read(self, path)
            self.contents[path] = b"later"
            return data

    for ask in (TrackedFiles.read, TrackedFiles.digest):
        changing = Changing({"a.md": b"A"})
        tracked = TrackedFiles(changing)
        ask(tracked, "a.md")
        assert not TrackedFiles(changing, tracked.file_log()).agrees(tracked.file_log())


contents = st.dictionaries(st.sampled_from([*TEXTS, "new.md", "part/new.py"]), st.binary(max_size=1))


@given(contents, contents, st.sets(st.sampled_from([*TEXTS, "new.md"])), st.booleans())
def test_a_log_agrees_exactly_if_all_answers_are_the_same(
    before: dict[str, bytes], after: dict[str, bytes], paths: set[str], look: bool
) -> None:
    def answers(files: Mapping[str, bytes]) -> object:
        found = {path for path in files if path.startswith("part/") and path.endswith(".py")}
        return {path: files.get(path) for path in paths}, found if look else None

    tracked = TrackedFiles(MemoryFiles(before))
    for path in paths:
        tracked.digest(path)
    if look:
        tracked.find("part", ".py")
    log = tracked.file_log()
    assert TrackedFiles(MemoryFiles(after), log).agrees(log) == (answers(before) == answers(after))


def test_a_link_that_leads_elsewhere_has_another_stamp(tmp_path: Path) -> None:
    for name in ("a.py", "b.py"):
        (tmp_path / name).write_text(name)
    link, disk = tmp_path / "link.py", Disk(tmp_path)
    link.symlink_to("a.py")
    before = TrackedFiles(disk)
    before.read("link.py")
    link.unlink()
    link.symlink_to("b.py")
    assert not TrackedFiles(disk, before.file_log()).agrees(before.file_log())


def test_a_pipe_is_not_read(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert TrackedFiles(Disk(tmp_path)).digest("pipe") == ABSENT
