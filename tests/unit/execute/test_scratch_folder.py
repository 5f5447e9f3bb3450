"""The files of scratch folders, read back as values."""

from __future__ import annotations

from pathlib import Path

import pytest

from deckwright.child.journal import (
    ArtifactSaved,
    Cleared,
    Displayed,
    Ended,
    Event,
    Failed,
    Journal,
    RaisedAsAsserted,
    Started,
    StatementBegan,
    StreamChanged,
)
from deckwright.child.task import JOURNAL, STDERR, STDOUT
from deckwright.execute.scratch_folder import (
    JournalReader,
    RunFiles,
    base_bytes,
    read_run_files,
    written_bytes,
)
from deckwright.model import Artifact, Failure, FailureKind, Frame, Raised, Rich

RAISED = Raised("ValueError", "中\udc80\n", (Frame("x.py", 1, "f", "1 / 0", "~^~"),))
EVENTS: list[Event] = [
    Started(100),
    StatementBegan(1, 2, 0),
    StreamChanged(1, 2),
    Displayed(1, 2, "d1", "1\n"),
    Cleared(1, 2, True),
    RaisedAsAsserted(0, RAISED),
    ArtifactSaved("x.gif", None, "f", "s"),
    Failed(Failure(FailureKind.RAISED, "first", 0, RAISED)),
    Ended(0.5, {"x": [1, {"y": float("inf")}]}, 7),
]


def test_a_journal_is_read_back_as_it_was_written(tmp_path: Path) -> None:
    journal = Journal(str(tmp_path))
    for event in EVENTS:
        journal.write(event)
    assert JournalReader(tmp_path).new_events() == EVENTS
    assert base_bytes(tmp_path) == 100


def test_the_first_failure_counts(tmp_path: Path) -> None:
    journal = Journal(str(tmp_path))
    journal.fail(Failure(FailureKind.RAISED, "first", 0))
    journal.fail(Failure(FailureKind.RAISED, "second", 1))
    assert JournalReader(tmp_path).new_events() == [Failed(Failure(FailureKind.RAISED, "first", 0))]


def test_a_reader_returns_each_event_once_and_only_whole_lines(tmp_path: Path) -> None:
    reader = JournalReader(tmp_path)
    assert reader.new_events() == []
    journal = Journal(str(tmp_path))
    journal.write(EVENTS[0])
    with (tmp_path / JOURNAL).open("a") as file:
        file.write('{"event": "StatementBegan", "statement": 0, ')
    assert reader.new_events() == EVENTS[:1]
    with (tmp_path / JOURNAL).open("a") as file:
        file.write('"stdout_bytes": 1, "stderr_bytes": 2}\n')
    assert reader.new_events() == EVENTS[1:2]
    assert reader.new_events() == []


@pytest.mark.parametrize(
    "line",
    [
        "",
        "{",
        "[]",
        '{"event": "Beginning"}',
        '{"event": "Started"}',
        '{"event": "Started", "peak_bytes": "1"}',
        '{"event": "Started", "peak_bytes": 1, "more": 2}',
    ],
)
def test_a_line_that_is_no_event(tmp_path: Path, line: str) -> None:
    (tmp_path / JOURNAL).write_text(f"{line}\n")
    with pytest.raises(ValueError):  # noqa: PT011
        JournalReader(tmp_path).new_events()


def test_a_folder_without_a_journal(tmp_path: Path) -> None:
    assert JournalReader(tmp_path).new_events() == []
    assert base_bytes(tmp_path) == 0


def test_the_files_of_a_run_are_read_at_once(tmp_path: Path) -> None:
    for name, text in ((STDOUT, "out"), (STDERR, "error"), ("f", "F"), ("s", "S")):
        (tmp_path / name).write_text(text)
    saved, shown, cleared = (
        ArtifactSaved("x.gif", None, "f", "s"),
        Displayed(0, 0, "d"),
        Displayed(0, 0, "gone"),
    )
    (tmp_path / "d").write_text('{"data": {"text/plain": "1"}, "type": "int", "flaw": ""}')
    journal = Journal(str(tmp_path))
    for event in (saved, shown, cleared):
        journal.write(event)
    picture = Artifact("x.gif", b"F", None, b"S")
    assert read_run_files(tmp_path, 3) == RunFiles(
        (saved, shown, cleared), b"out", b"err", 8, (picture,), {"d": Rich({"text/plain": "1"}, "int")}
    )


def test_a_folder_in_which_nothing_was_written(tmp_path: Path) -> None:
    assert read_run_files(tmp_path, 3) == RunFiles((), b"", b"", 0, (), {})
    assert written_bytes(tmp_path) == 0
