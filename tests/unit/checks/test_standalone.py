"""Scripts that a student runs alone."""

import traceback
from collections.abc import Mapping

import pytest

from deckwright.checks.standalone import check
from deckwright.model import FailureKind, Raised, Result, StandaloneRun
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
