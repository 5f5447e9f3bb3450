"""Tracebacks of kept results point to where their code stands now."""

from deckwright.build.tracebacks import anchored
from deckwright.model import Failure, FailureKind, Frame, Raised, Result
from deckwright.parse import parse_script

SCRIPT = parse_script("snippets/a.py", "import b\n\ndef f():\n    return  1 / 0\n\nprint(1)\nx = f()\n")


def test_a_kept_traceback_points_to_where_its_code_stands_now() -> None:
    frames = (
        Frame("snippets/a.py", 7, "<module>", "x = f()"),
        Frame("snippets/a.py", 4, "f", "return  1 / 0", "        ~~^~~"),
        Frame("snippets/b.py", 4, "g", "x = f()"),
    )
    raised = Raised("builtins.ZeroDivisionError", "division by zero", frames)
    result = Result("snippets/a.py", "cpu", 1.0, failure=Failure(FailureKind.RAISED, "", 0, raised))
    text = SCRIPT.text.replace("def f", "# one\n# two\ndef f").replace("x = f()", "x = f()  # why\nx = f()")
    moved = anchored(parse_script("snippets/a.py", text), result)
    assert moved.failure is not None
    assert moved.failure.raised is not None
    assert [(frame.line, frame.code) for frame in moved.failure.raised.frames] == [
        (9, "x = f()  # why"),
        (6, "return  1 / 0"),
        (4, "x = f()"),
    ]
    assert anchored(SCRIPT, result) == result
