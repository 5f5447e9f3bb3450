"""A failed run points at the author's line."""

import pytest

from deckwright.build.failures import failure_diagnostic
from deckwright.build.output_diagnostics import stderr_diagnostic
from deckwright.model import Diagnostic, Failure, FailureKind, Frame, Raised, RanksAt, Result
from deckwright.parse import parse_script
from support.course import output

SCRIPT = parse_script("snippets/a.py", "import b\n\ndef f():\n    return  1 / 0\n\nprint(1)\nx = f()\n")


def blamed(
    kind: FailureKind, message: str = "", statement: int | None = None, raised: Raised | None = None
) -> Diagnostic:
    failure = Failure(kind, message, statement, raised)
    wrong = failure_diagnostic(SCRIPT, Result("snippets/a.py", "cpu", 1.0, failure=failure))
    assert wrong is not None
    return wrong


def pointed(wrong: Diagnostic) -> str:
    place = wrong.location
    return f"{place.line} {wrong.source[place.column - 1 : place.column - 1 + place.length]}"


def test_a_good_run_has_no_blame() -> None:
    assert failure_diagnostic(SCRIPT, Result("snippets/a.py", "cpu", 1.0)) is None


def test_the_deepest_own_frame_with_its_caret() -> None:
    frames = (
        Frame("snippets/a.py", 7, "<module>", "x = f()"),
        Frame("snippets/a.py", 4, "f", "return  1 / 0", "        ~~^~~"),
    )
    wrong = blamed(
        FailureKind.RAISED, raised=Raised("builtins.ZeroDivisionError", "division by zero", frames)
    )
    assert (wrong.slug, wrong.message) == ("snippet-failed", "ZeroDivisionError: division by zero")
    assert pointed(wrong) == "4 1 / 0"
    assert wrong.subject == "builtins.ZeroDivisionError"
    assert "raises" in wrong.hint


@pytest.mark.parametrize(
    ("raised", "hint"),
    [
        ("builtins.ModuleNotFoundError", "install"),
        ("FileNotFoundError", "paths begin"),
        ("builtins.EOFError", "input()"),
    ],
)
def test_errors_with_a_cure_of_their_own(raised: str, hint: str) -> None:
    wrong = blamed(FailureKind.RAISED, raised=Raised(raised, "odd"))
    assert hint in wrong.hint
    assert "raises" not in wrong.hint


def test_a_file_that_finds_itself_in_place_of_a_module() -> None:
    message = (
        "cannot import name 'f' from partially initialized module '{}' (most likely due to a circular import)"
    )
    for module, is_itself in (("a", True), ("other", False)):
        wrong = blamed(FailureKind.RAISED, raised=Raised("builtins.ImportError", message.format(module)))
        assert ("rename a.py" in wrong.hint) == is_itself


def test_a_frame_of_another_file_is_named() -> None:
    frames = (Frame("snippets/a.py", 1, "<module>", "import b"), Frame("snippets/b.py", 9, "<module>", "1/0"))
    wrong = blamed(FailureKind.RAISED, raised=Raised("lib.OddError", "odd\nsecond line", frames))
    assert wrong.message == "lib.OddError: odd (in snippets/b.py:9)"
    assert pointed(wrong) == "1 import b"


def test_no_message_and_no_frame() -> None:
    wrong = blamed(FailureKind.RAISED, statement=3, raised=Raised("builtins.KeyboardInterrupt", ""))
    assert (wrong.message, pointed(wrong)) == ("KeyboardInterrupt", "7 x = f()")


@pytest.mark.parametrize("kind", [kind for kind in FailureKind if kind is not FailureKind.RAISED])
def test_other_ends_point_at_the_statement(kind: FailureKind) -> None:
    wrong = blamed(kind, "it ended", 2)
    assert (wrong.slug, wrong.message, pointed(wrong)) == (str(kind), "it ended", "6 print(1)")


@pytest.mark.parametrize(("statement", "line"), [(None, 1), (99, 7)])
def test_statements_that_are_not_known(statement: int | None, line: int) -> None:
    assert blamed(FailureKind.KILLED, "killed", statement).location.line == line


def test_an_empty_script() -> None:
    result = Result("a.py", "cpu", 1.0, failure=Failure(FailureKind.NO_FIGURE, "nothing drawn"))
    wrong = failure_diagnostic(parse_script("a.py", ""), result)
    assert wrong is not None
    assert wrong.location.line == 1


def test_stderr_is_a_warning_unless_a_slide_shows_it() -> None:
    outputs = (output("a"), output(stderr=" \n"), output(stderr="\nUserWarning: x\nmore\n"))
    result = Result("snippets/a.py", "cpu", 1.0, outputs)
    wrong = stderr_diagnostic(SCRIPT, result, shown=False)
    assert wrong is not None
    assert (wrong.message, pointed(wrong)) == ("it wrote to stderr: UserWarning: x", "6 print(1)")
    assert stderr_diagnostic(SCRIPT, result, shown=True) is None
    failed = Result("snippets/a.py", "cpu", 1.0, outputs, failure=Failure(FailureKind.KILLED, ""))
    assert stderr_diagnostic(SCRIPT, failed, shown=False) is None


def test_where_each_rank_was() -> None:
    at_4 = Raised("KeyboardInterrupt", "", (Frame("snippets/a.py", 4, "f", "return  1 / 0"),))
    elsewhere = Raised("KeyboardInterrupt", "", (Frame("snippets/b.py", 9, "g", "wait()"),))
    ranks = (
        RanksAt((0, 2, 3, 4), 3, at_4),
        RanksAt((1,), 2),
        RanksAt((5,), 2, elsewhere),
        RanksAt((6,), 3, ended=True),
        RanksAt((7,)),
    )
    failure = Failure(FailureKind.TIMEOUT, "ran longer than 1 s", 2, None, ranks=ranks)
    wrong = failure_diagnostic(SCRIPT, Result("snippets/a.py", "cpu", 1.0, failure=failure))
    assert wrong is not None
    assert wrong.message == (
        "ran longer than 1 s: ranks 0 and 2 to 4 were at line 4; rank 1 was at line 6; "
        "rank 5 was at line 6; rank 6 had ended; rank 7 had not begun"
    )
    assert pointed(wrong) == "6 print(1)"
    assert "wait for each other" in wrong.hint
