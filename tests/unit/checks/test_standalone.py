"""Scripts that a student runs alone."""

import traceback
from collections.abc import Mapping

import pytest

from deckwright.checks.standalone import check
from deckwright.model import Diagnostic, FailureKind, Raised, Result, StandaloneRun, Varies
from deckwright.report.groups import grouped
from support.course import SCRIPT, output
from support.evidence import SHOWN, evidence_of, places


def alone(
    stdout: str = "1\n2\n", status: int = 0, stderr: str = "", limit: FailureKind | None = None
) -> Mapping[str, StandaloneRun]:
    return {SCRIPT: StandaloneRun(stdout, stderr, status, 0.1, limit)}


def raising(raised: Raised) -> Mapping[str, Result]:
    return {SCRIPT: Result(SCRIPT, "cpu", 0.1, (output("1\n"), output(raised=raised)))}


@pytest.mark.parametrize("run", [alone(), alone("noise\n1\n2\nmore\n")])
def test_a_script_that_prints_the_same(run: Mapping[str, StandaloneRun]) -> None:
    assert places(check(evidence_of(SHOWN, standalone=run))) == []


@pytest.mark.parametrize(
    "run",
    [
        alone("1\n3\n"),
        alone(status=1, stderr="Traceback\nNameError: x\n"),
        alone(limit=FailureKind.TIMEOUT, status=-9),
        alone(limit=FailureKind.OUTPUT, status=-9),
    ],
)
def test_a_script_that_fails_or_prints_something_else(run: Mapping[str, StandaloneRun]) -> None:
    assert places(check(evidence_of(SHOWN, standalone=run))) == [("not-alone", 1)]


def test_the_command_to_try_quotes_the_path() -> None:
    script = "snippets/two words.py"
    deck = f'```text output="../{script}"\n1\n```\n'
    results = {script: Result(script, "cpu", 0.1, (output("1\n"),))}
    other = {script: StandaloneRun("2\n", "", 0, 0.1)}
    (found,) = check(evidence_of(deck, {script: "print(1)\n"}, results=results, standalone=other))
    assert found.hint == "try it: python 'snippets/two words.py'"


def test_a_script_that_teaches_an_error_must_end_with_it() -> None:
    results = raising(Raised("ValueError", "no"))
    ended = alone("1\n", 1, "Traceback (most recent call last):\nValueError: no\n")
    assert places(check(evidence_of(SHOWN, results=results, standalone=ended))) == []
    assert places(check(evidence_of(SHOWN, results=results, standalone=alone("1\n")))) == [("not-alone", 1)]


def report_of(error: BaseException) -> str:
    """Return Python's report of an uncaught error."""
    try:
        raise error
    except BaseException:
        return traceback.format_exc()


def with_note() -> ValueError:
    error = ValueError("first")
    error.add_note("a note: of its own")
    return error


def with_cause() -> ValueError:
    error = ValueError("no\n\nand more")
    error.__cause__ = KeyError("why")
    return error


@pytest.mark.parametrize(
    ("error", "row"),
    [
        (ValueError("first\nsecond"), "ValueError: first"),
        (ValueError(), "ValueError"),
        (with_note(), "ValueError: first"),
        (with_cause(), "ValueError: no"),
        (ExceptionGroup("many", [with_cause(), with_note()]), "ExceptionGroup: many (2 sub-exceptions)"),
        (ValueError("a worker:\nTraceback (most recent call last):\nKeyError: x"), "KeyError: x"),
    ],
)
def test_the_type_of_an_error_of_several_lines(error: BaseException, row: str) -> None:
    ended = alone("1\n", 1, report_of(error))
    taught = raising(Raised(type(error).__name__, str(error)))
    assert list(check(evidence_of(SHOWN, results=taught, standalone=ended))) == []
    other = raising(Raised("TypeError", "no"))
    (diagnostic,) = check(evidence_of(SHOWN, results=other, standalone=ended))
    assert diagnostic.message == f"run alone, it ends with: {row}"


# --- the difference, and why ------------------------------------------------------------------


def found_in(shown: str, printed: str, varies: Varies | None = None, code: str = "print(1)\n") -> Diagnostic:
    results = {SCRIPT: Result(SCRIPT, "cpu", 0.1, (output(shown),))}
    runs = {SCRIPT: StandaloneRun(printed, "", 0, 0.1, varies=varies)}
    deck = "```text output=../snippets/a.py\n```\n"
    (found,) = check(evidence_of(deck, {SCRIPT: code}, results=results, standalone=runs))
    return found


@pytest.mark.parametrize(
    ("shown", "printed", "rows"),
    [
        ("a\nb\nc\n", "noise\na\nx\nc\n", ["-b", "+x"]),
        ("a\nb\n", "", ["-a", "-b"]),
        ("a\n", "b\nc\n", ["-a", "+b"]),
        ("x" * 200 + "\n", "y\n", ["-" + "x" * 99 + "…", "+y"]),
        (
            "".join(f"{n}\n" for n in range(20)),
            "z\n",
            [*(f"-{n}" for n in range(8)), "and 13 more lines"],
        ),
    ],
)
def test_the_message_shows_what_differs(shown: str, printed: str, rows: list[str]) -> None:
    head, *below = found_in(shown, printed).message.split("\n")
    assert head == f"run alone, {SCRIPT} does not print this (- on the slide, + alone):"
    assert below == rows


def test_what_differs_is_looked_for_where_the_slide_has_it() -> None:
    code = "# %% a\nprint(1)\n# %% b\nprint(2)\n# %% c\nprint(3)\n"
    results = {SCRIPT: Result(SCRIPT, "cpu", 0.1, tuple(map(output, ("1\n", "2\n", "3\n"))))}
    runs = {SCRIPT: StandaloneRun("5\n6\n7\n", "", 0, 0.1)}
    deck = "".join(f"```text output=../snippets/a.py#{cell}\n```\n\n" for cell in "abc")
    found = check(evidence_of(deck, {SCRIPT: code}, results=results, standalone=runs))
    assert [each.message.split("\n")[1:] for each in found] == [["-1", "+5"], ["-2", "+6"], ["-3", "+7"]]


@pytest.mark.parametrize(
    ("varies", "code", "hint"),
    [
        (Varies.ORDER, "print(1)\n", "sorted(…)"),
        (Varies.GENERATOR, "import random\n", "write random.seed(0) at the top"),
        (
            Varies.GENERATOR,
            "import numpy as np\nimport torch.nn\n",
            "write np.random.seed(0) and torch.manual_seed(0)",
        ),
        (Varies.GENERATOR, "import helper\n", "write random.seed(0) at the top"),
        (Varies.BOTH, "import random\n", "sorted(…); a generator is not seeded"),
        (Varies.ALWAYS, "print(1)\n", "in every run"),
        (None, "print(1)\n", f"try it: python {SCRIPT}"),
    ],
)
def test_the_hint_says_what_chance_decides(varies: Varies | None, code: str, hint: str) -> None:
    assert hint in found_in("a\n", "b\n", varies, code).hint


TWO_ERRORS = """# %% a
#| raises: ZeroDivisionError
1 / 0
# %% b
print("between")
# %% c
#| raises: ValueError
raise ValueError("no")
"""


def test_python_ends_at_the_first_error_that_a_script_teaches() -> None:
    outputs = (
        output(raised=Raised("ZeroDivisionError", "")),
        output("between\n"),
        output(raised=Raised("ValueError", "no")),
    )
    results = {SCRIPT: Result(SCRIPT, "cpu", 0.1, outputs)}
    ended = alone("", 1, "Traceback (most recent call last):\nZeroDivisionError: \n")
    deck = "".join(f"```text output=../snippets/a.py#{cell}\n```\n" for cell in "abc")
    found = list(check(evidence_of(deck, {SCRIPT: TWO_ERRORS}, results=results, standalone=ended)))
    assert places(found) == [("not-alone", 3), ("not-alone", 5)]
    (group,) = grouped(found)
    assert "it ends at the first error that it teaches, in line 3, and does not print this, at 2 places" in (
        group.diagnostic.message
    )


def test_a_last_error_hides_nothing() -> None:
    outputs = (output("1\n"), output(raised=Raised("ValueError", "no")))
    results = {SCRIPT: Result(SCRIPT, "cpu", 0.1, outputs)}
    ended = alone("1\n", 1, "Traceback (most recent call last):\nValueError: no\n")
    deck = "```text output=../snippets/a.py\n```\n"
    assert not list(
        check(
            evidence_of(
                deck, {SCRIPT: "print(1)\nraise ValueError('no')\n"}, results=results, standalone=ended
            )
        )
    )
