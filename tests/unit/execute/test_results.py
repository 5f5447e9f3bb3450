"""Results from scratch folders that the tests write: every way in which a run can end."""

from __future__ import annotations

import signal
from pathlib import Path

import pytest

from deckwright.child.journal import (
    ArtifactSaved,
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
from deckwright.execute.results import ProcessEnd, read_result, without_root
from deckwright.execute.scratch_folder import written_bytes
from deckwright.model import (
    Artifact,
    Failure,
    FailureKind,
    Frame,
    Job,
    Options,
    Output,
    Printed,
    Raised,
    Result,
    Rich,
    Statement,
    Unit,
    Unshown,
)
from support.course import output

UNIT = Unit(1, 2, (Statement(1, 1), Statement(2, 2)), "")
JOB = Job("x.py", "a\nb", (UNIT,), (), Options(output_bytes=20), "cpu")
INTERRUPTED = Raised("KeyboardInterrupt", "")
START = Started(100)
FIRST = StatementBegan(0, 0, 0)
SECOND = StatementBegan(4, 0, 1)
END = Ended(0.5, {"x": 1}, 150)
GOOD = ProcessEnd(0, 1.0, 10)
ROOT = Path("/project")


def write(folder: Path, *events: Event, out: bytes = b"", err: bytes = b"") -> None:
    journal = Journal(str(folder))
    for event in events:
        journal.write(event)
    (folder / "stdout").write_bytes(out)
    (folder / "stderr").write_bytes(err)


def test_a_good_end(tmp_path: Path) -> None:
    display, empty = Displayed(8, 0, Rich({"text/plain": "1"}), "1\n"), Displayed(4, 0, None, "0\n")
    picture = ArtifactSaved("x.gif", None, "f", "s")
    (tmp_path / "f").write_bytes(b"F")
    (tmp_path / "s").write_bytes(b"S")
    write(tmp_path, START, FIRST, empty, SECOND, display, picture, END, out=b"one\ntwo\xff", err=b"")
    result = read_result(JOB, tmp_path, GOOD, ROOT)
    shown = Printed("stdout", "two\ufffd"), Rich({"text/plain": "1"}), Unshown("1\n")
    assert result.outputs == (Output((Printed("stdout", "one\n"), Unshown("0\n"))), Output(shown))
    assert [output.printed("stdout") for output in result.outputs] == ["one\n0\n", "two\ufffd1\n"]
    assert result.artifacts == (Artifact("x.gif", b"F", None, b"S"),)
    assert (result.values, result.seconds, result.peak_bytes) == ({"x": 1}, 0.5, 50)
    assert result.failure is None
    assert result.unreached == ()


def test_what_is_printed_and_displayed_comes_in_its_order(tmp_path: Path) -> None:
    one, two = Rich({"text/plain": "1"}), Rich({"text/plain": "2"})
    first, second = Displayed(2, 2, one), Displayed(2, 3, two)
    changes = (StreamChanged(1, 0), StreamChanged(1, 1), StreamChanged(2, 1))
    write(
        tmp_path, START, FIRST, *changes, first, second, StatementBegan(3, 3, 1), END, out=b"abcd", err=b"ABC"
    )
    outs, errs = [Printed("stdout", text) for text in "abcd"], [Printed("stderr", text) for text in "ABC"]
    assert [output.parts for output in read_result(JOB, tmp_path, GOOD, ROOT).outputs] == [
        (outs[0], errs[0], outs[1], errs[1], one, errs[2], two, outs[2]),
        (outs[3],),
    ]


def test_a_script_that_ends_early_says_which_statements_never_began(tmp_path: Path) -> None:
    write(tmp_path, START, FIRST, END)
    assert read_result(JOB, tmp_path, GOOD, ROOT).unreached == (1,)


def test_an_asserted_error(tmp_path: Path) -> None:
    raised = Raised("ValueError", "bad", (Frame("x.py", 1, "f", "a", "^"),))
    write(tmp_path, FIRST, RaisedAsAsserted(0, raised), END)
    assert read_result(JOB, tmp_path, GOOD, ROOT).outputs[0].raised == raised


@pytest.mark.parametrize(
    ("process", "expected"),
    [
        (ProcessEnd(0, 1, 0), Failure(FailureKind.EXITED, "ended without finishing (exit code 0)", 1)),
        (ProcessEnd(3 << 8, 1, 0), Failure(FailureKind.EXITED, "ended without finishing (exit code 3)", 1)),
        (ProcessEnd(signal.SIGABRT, 1, 0), Failure(FailureKind.KILLED, "was killed by SIGABRT (Aborted)", 1)),
        (
            ProcessEnd(signal.SIGRTMIN + 1, 1, 0),
            Failure(FailureKind.KILLED, "was killed by signal 35 (Real-time signal 1)", 1),
        ),
        (
            ProcessEnd(signal.SIGKILL, 1, 0, FailureKind.MEMORY),
            Failure(FailureKind.MEMORY, "used more than 4 GiB of memory", 1),
        ),
    ],
)
def test_no_end(tmp_path: Path, process: ProcessEnd, expected: Failure) -> None:
    write(tmp_path, START, FIRST, SECOND, out=b"one\ntwo")
    result = read_result(JOB, tmp_path, process, ROOT)
    assert result.failure == expected
    assert [output.printed("stdout") for output in result.outputs] == ["one\n", "two"]


def test_our_interrupt_shows_what_was_running(tmp_path: Path) -> None:
    write(tmp_path, FIRST, Failed(Failure(FailureKind.RAISED, "", 0, INTERRUPTED)), END)
    result = read_result(JOB, tmp_path, ProcessEnd(0, 301, 0, FailureKind.TIMEOUT), ROOT)
    assert result.failure == Failure(FailureKind.TIMEOUT, "ran longer than 300 s", 0, INTERRUPTED)


def test_too_much_output(tmp_path: Path) -> None:
    write(tmp_path, FIRST, END, out=b"x" * 15, err=b"y" * 15)
    assert written_bytes(tmp_path) == 30
    result = read_result(JOB, tmp_path, GOOD, ROOT)
    assert result.failure is not None
    assert result.failure.kind is FailureKind.OUTPUT
    assert result.outputs[0] == output("x" * 15, "y" * 15)


def test_a_process_that_ended_before_it_began(tmp_path: Path) -> None:
    result = read_result(JOB, tmp_path, ProcessEnd(70 << 8, 1, 0), ROOT)
    assert result.failure == Failure(FailureKind.EXITED, "ended without finishing (exit code 70)", None)
    assert result.outputs == (Output(), Output())


def test_what_cannot_be_read(tmp_path: Path) -> None:
    write(tmp_path, FIRST, ArtifactSaved("x.svg", None, "gone"), END)
    result = read_result(JOB, tmp_path, GOOD, ROOT)
    assert result.failure is not None
    assert result.failure.kind is FailureKind.UNREADABLE


def test_paths_in_warnings_and_errors_are_relative_to_the_root() -> None:
    raised = Raised("OSError", "no file /root/of/snippets/a.txt")
    result = Result(
        "a.py",
        "cpu",
        1.0,
        outputs=(output("/root/of/x", "/root/of/snippets/a.py:1: UserWarning", raised=raised),),
        failure=Failure(FailureKind.RAISED, "in /root/of/a.py", raised=raised),
    )
    relative = without_root(result, Path("/root/of"))
    assert relative.outputs[0].printed("stdout") == "/root/of/x"
    assert relative.outputs[0].printed("stderr") == "snippets/a.py:1: UserWarning"
    assert relative.failure
    assert (
        relative.outputs[0].raised == relative.failure.raised == Raised("OSError", "no file snippets/a.txt")
    )
    assert relative.failure.message == "in a.py"
