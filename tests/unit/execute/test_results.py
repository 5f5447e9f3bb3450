"""Results from scratch folders that the tests write: every way in which a run can end."""

from __future__ import annotations

import json
import signal
from dataclasses import asdict, replace
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
from deckwright.child.recording.read_log import begin_log
from deckwright.execute.results import ProcessEnd, read_result, without_root
from deckwright.execute.scratch_folder import written_bytes
from deckwright.model import (
    Artifact,
    Cell,
    Failure,
    FailureKind,
    Frame,
    Job,
    Options,
    Output,
    Part,
    Printed,
    Raised,
    RanksAt,
    Result,
    Rich,
    Statement,
    Unit,
    Unshown,
)
from support.course import output
from support.hostile_files import replace_by

UNIT = Unit(1, 2, (Statement(1, 1), Statement(2, 2)), "")
JOB = Job("x.py", "a\nb", (UNIT,), (), Options(output_bytes=20), "cpu")
INTERRUPTED = Raised("KeyboardInterrupt", "")
START = Started(100)
FIRST = StatementBegan(0, 0, 0)
SECOND = StatementBegan(4, 0, 1)
END = Ended(0.5, {"x": 1}, 150)
GOOD = ProcessEnd(0, 1.0, 10)
ROOT = Path("/project")


@pytest.fixture(autouse=True)
def begun(tmp_path: Path) -> None:
    begin_log(str(tmp_path))


def write(folder: Path, *events: Event, out: bytes = b"", err: bytes = b"", **displays: Rich) -> None:
    for name, rich in displays.items():
        (folder / name).write_text(json.dumps(asdict(rich)))
    journal = Journal(str(folder))
    for event in events:
        journal.write(event)
    (folder / "stdout").write_bytes(out)
    (folder / "stderr").write_bytes(err)


def test_a_good_end(tmp_path: Path) -> None:
    display, empty = Displayed(8, 0, "d1", "1\n"), Displayed(4, 0, "", "0\n")
    picture = ArtifactSaved("x.gif", None, "f", "s")
    (tmp_path / "f").write_bytes(b"F")
    (tmp_path / "s").write_bytes(b"S")
    events = START, FIRST, empty, SECOND, display, picture, END
    write(tmp_path, *events, out=b"one\ntwo\xff", err=b"", d1=Rich({"text/plain": "1"}))
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
    first, second = Displayed(2, 2, "d1"), Displayed(2, 3, "d2")
    changes = (StreamChanged(1, 0), StreamChanged(1, 1), StreamChanged(2, 1))
    events = START, FIRST, *changes, first, second, StatementBegan(3, 3, 1), END
    write(tmp_path, *events, out=b"abcd", err=b"ABC", d1=one, d2=two)
    outs, errs = [Printed("stdout", text) for text in "abcd"], [Printed("stderr", text) for text in "ABC"]
    assert [output.parts for output in read_result(JOB, tmp_path, GOOD, ROOT).outputs] == [
        (outs[0], errs[0], outs[1], errs[1], one, errs[2], two, outs[2]),
        (outs[3],),
    ]


ONE, TWO = Rich({"text/plain": "1"}), Rich({"text/plain": "2"})
AS_PYTHON = Unshown("\033[2K\r\033[2K\r")


@pytest.mark.parametrize(
    ("events", "parts"),
    [
        (
            (Displayed(2, 1, "d1", "1\n"), Cleared(3, 2, False)),
            (
                Unshown("ab"),
                Unshown("1\n"),
                Unshown("c"),
                AS_PYTHON,
                Printed("stdout", "d"),
                Printed("stderr", "C"),
            ),
        ),
        (
            (Displayed(2, 1, "d1"), Cleared(2, 1, True), Displayed(2, 1, "d2"), Cleared(4, 3, True)),
            (Unshown("ab"), AS_PYTHON, TWO, Printed("stdout", "cd"), Printed("stderr", "BC"), AS_PYTHON),
        ),
        (
            (Cleared(1, 0, True), Displayed(1, 0, "", "x\n"), StatementBegan(1, 0, 1)),
            (Printed("stdout", "a"), AS_PYTHON, Unshown("x\n")),
        ),
        (
            (StatementBegan(1, 0, 1), Displayed(1, 0, "gone"), Displayed(2, 0, "d1"), Cleared(2, 0, False)),
            (Printed("stdout", "a"),),
        ),
    ],
)
def test_a_notebook_shows_what_was_not_cleared(
    tmp_path: Path, events: tuple[Event, ...], parts: tuple[Part, ...]
) -> None:
    write(tmp_path, START, FIRST, *events, END, out=b"abcd", err=b"ABC", d1=ONE, d2=TWO)
    result = read_result(JOB, tmp_path, GOOD, ROOT)
    assert result.outputs[0].parts == parts
    assert "".join(output.printed("stdout") for output in result.outputs).count("a") == 1


def test_in_a_cell_its_earlier_statements_are_cleared_too(tmp_path: Path) -> None:
    job = replace(JOB, cells=(Cell("x", 1, 2, 0, 2),))
    write(tmp_path, START, FIRST, StatementBegan(4, 0, 1), Cleared(6, 0, False), END, out=b"one\ntwo\n")
    outputs = read_result(job, tmp_path, GOOD, ROOT).outputs
    assert [output.parts for output in outputs] == [
        (Unshown("one\n"),),
        (Unshown("tw"), AS_PYTHON, Printed("stdout", "o\n")),
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


def stack_of(*calls: str) -> bytes:
    return "\n".join(["Current thread 0x7f00 (most recent call first):", *calls, ""]).encode()


LATE = ProcessEnd(signal.SIGKILL, 301, 0, FailureKind.TIMEOUT)
AT_B = '  File "/project/x.py", line 2 in <module>'
IN_LIBRARY = '  File "/usr/lib/python3/threading.py", line 100 in wait'


@pytest.mark.parametrize(
    ("stack", "frames"),
    [
        (stack_of(AT_B), [("x.py", 2, "<module>", "b")]),
        (stack_of(IN_LIBRARY, AT_B), [("x.py", 2, "<module>", "b")]),
        (
            stack_of('  File "/project/gone.py", line 7 in \\u6570', AT_B),
            [("x.py", 2, "<module>", "b"), ("gone.py", 7, "数", "")],
        ),
        (stack_of(AT_B.replace("2", "9")), [("x.py", 9, "<module>", "")]),
        (stack_of(IN_LIBRARY), []),
        (stack_of(AT_B) * 2, []),  # the script sent the signal, too
        (b"\xff\0 no stack", []),
        (b"", []),
    ],
)
def test_where_a_process_was_that_could_not_raise_our_interrupt(
    tmp_path: Path, stack: bytes, frames: list[tuple[str, int, str, str]]
) -> None:
    write(tmp_path, START, FIRST, SECOND)
    (tmp_path / "stack").write_bytes(stack)
    failure = read_result(JOB, tmp_path, LATE, ROOT).failure
    assert failure is not None
    assert failure.statement == 1
    assert failure.raised == (
        Raised("KeyboardInterrupt", "", tuple(Frame(*frame) for frame in frames)) if frames else None
    )


def test_a_late_job_is_where_the_fewest_of_its_ranks_are(tmp_path: Path) -> None:
    job = replace(JOB, options=replace(JOB.options, nproc=5))
    interrupted = Failed(Failure(FailureKind.RAISED, "", 0, INTERRUPTED))
    failed = Failed(Failure(FailureKind.RAISED, "", 1, Raised("RuntimeError", "Connection closed by peer")))
    events: list[list[Event]] = [[SECOND, failed, END], [FIRST, interrupted, END], [SECOND], [FIRST, END], []]
    for rank, those in enumerate(events):
        folder = tmp_path / f"rank-{rank}" if rank else tmp_path
        folder.mkdir(exist_ok=True)
        write(folder, START, *those)
        if those and those[0] == SECOND:
            (folder / "stack").write_bytes(stack_of(AT_B))
    assert (failure := read_result(job, tmp_path, LATE, ROOT).failure)
    assert (failure.statement, failure.raised, failure.rank) == (0, INTERRUPTED, None)
    at_b = Raised("KeyboardInterrupt", "", (Frame("x.py", 2, "<module>", "b"),))
    assert failure.ranks == (
        RanksAt((0, 2), 1, at_b),
        RanksAt((1,), 0, INTERRUPTED),
        RanksAt((3,), 0, ended=True),
        RanksAt((4,)),
    )


def test_too_much_output(tmp_path: Path) -> None:
    write(tmp_path, FIRST, END, out=b"x" * 15, err=b"y" * 15)
    assert written_bytes(tmp_path) == 30
    result = read_result(JOB, tmp_path, GOOD, ROOT)
    assert result.failure is not None
    assert result.failure.kind is FailureKind.OUTPUT
    assert result.outputs[0] == output("x" * 15, "y" * 15)


def test_a_process_that_ended_before_it_began(tmp_path: Path) -> None:
    result = read_result(JOB, tmp_path, ProcessEnd(70 << 8, 1, 0), ROOT)
    assert result.failure == Failure(FailureKind.EXITED, "broke what records it (exit code 70)", None)
    assert result.outputs == (Output(), Output())


REMOVED = Failure(FailureKind.REMOVED, "its files below build/.scratch were removed while it ran")


@pytest.mark.parametrize("name", ["journal.jsonl", "stdout", "stderr", "reads", "d1", "f", "s"])
def test_a_run_whose_files_were_removed_has_no_result(tmp_path: Path, name: str) -> None:
    saved, shown = ArtifactSaved("x.gif", None, "f", "s"), Displayed(0, 0, "d1")
    for file in ("f", "s"):
        (tmp_path / file).touch()
    write(tmp_path, START, FIRST, saved, shown, END, d1=ONE)
    assert read_result(JOB, tmp_path, GOOD, ROOT).failure is None
    (tmp_path / name).unlink()
    assert read_result(JOB, tmp_path, GOOD, ROOT).failure == REMOVED


def test_a_run_whose_folder_was_removed_has_no_result(tmp_path: Path) -> None:
    assert read_result(JOB, tmp_path / "gone", GOOD, ROOT).failure == REMOVED
    ended = ProcessEnd(signal.SIGKILL, 1, 0, FailureKind.REMOVED)
    assert read_result(JOB, tmp_path, ended, ROOT).failure == REMOVED
    late = ProcessEnd(signal.SIGKILL, 1, 0, FailureKind.TIMEOUT)
    assert read_result(JOB, tmp_path / "gone", late, ROOT).failure == Failure(
        FailureKind.TIMEOUT, "ran longer than 300 s"
    )


def test_a_read_log_that_began_anew_lacks_entries(tmp_path: Path) -> None:
    write(tmp_path, START, FIRST, END)
    (tmp_path / "reads").write_bytes(b"read 1 1 1 1 /project/a.csv\0")
    assert read_result(JOB, tmp_path, GOOD, ROOT).failure == REMOVED


@pytest.mark.parametrize("name", ["journal.jsonl", "stdout", "stderr", "reads", "d1", "f"])
@pytest.mark.parametrize("kind", ["endless", "link", "pipe", "folder", "sparse"])
def test_what_a_script_puts_in_the_place_of_its_files_is_refused(
    tmp_path: Path, kind: str, name: str
) -> None:
    (tmp_path / "f").touch()
    write(tmp_path, START, FIRST, ArtifactSaved("x.gif", None, "f"), Displayed(0, 0, "d1"), END, d1=ONE)
    replace_by(kind, tmp_path / name)
    result = read_result(JOB, tmp_path, GOOD, ROOT)
    assert result.failure is not None
    too_much = kind == "sparse" and name in ("stdout", "stderr")
    assert result.failure.kind is (FailureKind.OUTPUT if too_much else FailureKind.UNREADABLE)
    parts = [part for each in result.outputs for part in each.parts]
    assert sum(len(part.text) for part in parts if isinstance(part, Printed)) <= 20


@pytest.mark.parametrize("name", ["../secret", "/etc/passwd", "sub/f", "..", ".", "f\0"])
def test_files_elsewhere_are_not_read(tmp_path: Path, name: str) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub/f").touch()
    for event in (ArtifactSaved("x.gif", None, name), Displayed(0, 0, name)):
        write(tmp_path, START, FIRST, event, END)
        result = read_result(JOB, tmp_path, GOOD, ROOT)
        assert result.failure is not None
        assert result.failure.kind is FailureKind.UNREADABLE
        (tmp_path / "journal.jsonl").unlink()


def test_figures_have_a_limit_together(tmp_path: Path) -> None:
    saved = [ArtifactSaved(f"{number}.gif", None, f"f{number}") for number in range(5)]
    for event in saved:
        (tmp_path / event.file).write_bytes(b"x" * 250)
    write(tmp_path, START, FIRST, *saved[:4], END)
    assert read_result(JOB, tmp_path, GOOD, ROOT).failure is None
    write(tmp_path, saved[4])
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
