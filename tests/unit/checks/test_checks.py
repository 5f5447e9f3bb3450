"""The judgements of `check`: each names its fault, and only that."""

import traceback
from collections.abc import Mapping
from dataclasses import replace

import pytest

from deckwright.checks import run_checks
from deckwright.compose.compose import compose
from deckwright.model import (
    Course,
    Diagnostic,
    Evidence,
    FailureKind,
    Output,
    PictureDifference,
    Plan,
    Raised,
    RenderedDeck,
    Result,
    Severity,
    SlideDiagnostic,
    SlideMeasurements,
    SlideSlug,
    StandaloneRun,
    State,
    Step,
)
from support.course import DECK, SCRIPT, course_of, deck_of, result_of

CODE = "# region a\nprint(1)\n# endregion a\n# region b\nprint(2)\n# endregion b\n"
SHOWN = "```text output=../snippets/a.py#b\n2\n```\n"


def evidence(text: str, scripts: Mapping[str, str] | None = None, **more: object) -> Evidence:
    course = course_of(text, scripts or {SCRIPT: CODE})
    results = result_of("1\n", "2\n")
    expanded = compose(deck_of(course), course, results)
    rendered = RenderedDeck(DECK, 1, "html/deck.html")
    found = Evidence(course, plan(course), results, (expanded,), (rendered,))
    return replace(found, **more)  # type: ignore[arg-type]


def plan(course: Course, state: State = State.FRESH) -> Plan:
    return Plan(tuple(Step(job, "", {}, state, "cuda is absent here") for job in course.jobs.values()))


def told(found: Evidence, *before: Diagnostic, allowed: tuple[str, ...] = ()) -> list[tuple[str, int, str]]:
    wrong = run_checks(found, before, allowed)
    return [(each.slug, each.location.line, str(each.severity)) for each in wrong]


def test_a_course_that_is_in_order_is_not_complained_of() -> None:
    assert told(evidence("# A\n\n```python file=../snippets/a.py#a\n```\n\n" + SHOWN)) == []


def test_code_that_nothing_runs() -> None:
    text = '# A\n\n```python\nx\n```\n\n```python no-exec="needs eight GPUs"\ny\n```\n'
    assert told(evidence(text)) == [("unverified-code", 3, "error")]


def test_code_that_is_not_run_is_no_part_of_the_program_beside_it() -> None:
    text = "```python exec\n1 / 0\n```\n\n```python no-exec='needs eight GPUs'\ny\n```\n"
    found = evidence(text, results={})
    assert told(replace(found, plan=plan(found.course, State.SKIPPED))) == [("never-ran", 1, "error")]


@pytest.mark.parametrize("state", [State.ABSENT, State.SKIPPED])
def test_what_did_not_run_is_named_where_it_is_shown(state: State) -> None:
    found = evidence(SHOWN + "\n```python file=../snippets/a.py#a\n```\n", results={})
    found = replace(found, plan=plan(found.course, state))
    assert told(found) == [("never-ran", 1, "error"), ("never-ran", 5, "error")]
    assert {message for message, _ in _messages(found)} == {"snippets/a.py did not run: cuda is absent here"}
    assert told(found, allowed=("never-ran",))[0] == ("never-ran", 1, "warning")


def _messages(found: Evidence) -> list[tuple[str, str]]:
    return [(wrong.message, wrong.hint) for wrong in run_checks(found, ())]


def test_a_region_that_the_script_never_came_to() -> None:
    stopped = {SCRIPT: Result(SCRIPT, "cpu", 0.1, (Output("1\n"), Output()), unreached=(1,))}
    text = "```python file=../snippets/a.py#a\n```\n\n```python file=../snippets/a.py#b\n```\n"
    assert told(evidence(text, results=stopped)) == [("never-ran", 4, "error")]


def test_a_figure_that_looks_different() -> None:
    text = "![f](../figures/f.svg)\n"
    scripts = {"figures/f.py": "draw()\n"}
    drawn = {"figures/f.py": Result("figures/f.py", "cpu", 0.1)}
    little, much = (
        PictureDifference(share, "some pixels differ", "check/f.png") for share in (0.000005, 0.0002)
    )
    assert told(evidence(text, scripts, results=drawn, compared={"figures/f.svg": little})) == []
    found = evidence(text, scripts, results=drawn, compared={"figures/f.svg": much})
    assert told(found) == [("drifted", 1, "error")]
    assert run_checks(found, ())[0].picture == "check/f.png"


def test_pictures_say_what_they_show() -> None:
    text = "![w:300](a.png)\n\n![w:300 a cat](a.png)\n\n![bg](a.png)\n\n<img src='a.png'>\n"
    assert told(evidence(text)) == [("missing-alt", 1, "error")]


def test_equal_flaws_on_different_lines_are_several() -> None:
    flaws = tuple(
        SlideDiagnostic(SlideSlug.INACCESSIBLE, 1, line, "an image has no text") for line in (3, 5, 5)
    )
    found = evidence("# A\n\n![](a.png)\n\n![](b.png)\n", measured={DECK: SlideMeasurements(DECK, flaws)})
    assert [line for slug, line, _ in told(found) if slug == "inaccessible"] == [3, 5]


def test_flaws_stand_at_the_line_that_makes_them_once_for_all_steps() -> None:
    text = "# A\n\n```python file=../snippets/a.py {1|1}\n```\n\n---\n\n# B\n\ntext\n"
    flaws = (
        SlideDiagnostic(SlideSlug.CLIPPED, 1, 3, "its code is cut", "print", 20.0),
        SlideDiagnostic(SlideSlug.CLIPPED, 2, 3, "its code is cut", "print", 20.0),
        SlideDiagnostic(SlideSlug.OVERFLOW, 3, 0, "88 pixels are cut off", "", 88.0),
        SlideDiagnostic(SlideSlug.COVERED, 3, 0, "a pixel", "", 1.0),
        SlideDiagnostic(SlideSlug.LOW_CONTRAST, 3, 0, "2.1 to 1", "text"),
    )
    measured = {DECK: SlideMeasurements(DECK, flaws, {3: "check/deck-3.png"})}
    found = evidence(text, measured=measured)
    assert told(found) == [("clipped", 3, "error"), ("overflow", 8, "error"), ("low-contrast", 8, "error")]
    wrong = run_checks(found, ())[1]
    assert (wrong.slide, wrong.picture) == (2, "check/deck-3.png")
    assert wrong.message == 'slide 2 "B": 88 pixels are cut off'


def test_a_flaw_of_all_footers_is_told_once() -> None:
    flaws = tuple(
        SlideDiagnostic(SlideSlug.CLIPPED, slide, 0, "the footer is cut", "A course", 9.0) for slide in (1, 2)
    )
    found = evidence("# A\n\n---\n\n# B\n", measured={DECK: SlideMeasurements(DECK, flaws, {})})
    (wrong,) = run_checks(found, ())
    assert (wrong.message, wrong.subject) == ('slide 1 "A": the footer is cut', "A course")


def alone(
    stdout: str = "1\n2\n", status: int = 0, stderr: str = "", limit: FailureKind | None = None
) -> Mapping[str, StandaloneRun]:
    return {SCRIPT: StandaloneRun(stdout, stderr, status, 0.1, limit)}


@pytest.mark.parametrize(
    ("ran", "expected"),
    [
        (alone(), []),
        (alone("noise\n1\n2\nmore\n"), []),
        (alone("1\n3\n"), [("not-alone", 1, "error")]),
        (alone(status=1, stderr="Traceback\nNameError: x\n"), [("not-alone", 1, "error")]),
        (alone(limit=FailureKind.TIMEOUT, status=-9), [("not-alone", 1, "error")]),
        (alone(limit=FailureKind.OUTPUT, status=-9), [("not-alone", 1, "error")]),
    ],
)
def test_run_alone(ran: Mapping[str, StandaloneRun], expected: list[tuple[str, int, str]]) -> None:
    assert told(evidence(SHOWN, alone=ran)) == expected


def test_a_script_that_teaches_an_error_ends_with_it_alone() -> None:
    raised = {SCRIPT: Result(SCRIPT, "cpu", 0.1, (Output("1\n"), Output(raised=Raised("ValueError", "no"))))}
    ended = alone("1\n", 1, "Traceback (most recent call last):\nValueError: no\n")
    assert told(evidence(SHOWN, results=raised, alone=ended)) == []
    assert told(evidence(SHOWN, results=raised, alone=alone("1\n"))) == [("not-alone", 1, "error")]


def last_words(error: BaseException) -> str:
    """Return what Python says of an error that nobody caught."""
    try:
        raise error
    except BaseException:
        return traceback.format_exc()


def noted() -> ValueError:
    error = ValueError("first")
    error.add_note("a note: of its own")
    return error


def chained() -> ValueError:
    error = ValueError("no\n\nand more")
    error.__cause__ = KeyError("why")
    return error


@pytest.mark.parametrize(
    ("error", "row"),
    [
        (ValueError("first\nsecond"), "ValueError: first"),
        (ValueError(), "ValueError"),
        (noted(), "ValueError: first"),
        (chained(), "ValueError: no"),
        (ExceptionGroup("many", [chained(), noted()]), "ExceptionGroup: many (2 sub-exceptions)"),
        (ValueError("a worker:\nTraceback (most recent call last):\nKeyError: x"), "KeyError: x"),
    ],
)
def test_an_error_of_several_lines_is_known_alone(error: BaseException, row: str) -> None:
    taught = Raised(type(error).__name__, str(error))
    ended = alone("1\n", 1, last_words(error))
    for raised, expected in ((taught, []), (Raised("TypeError", "no"), [f"it ends with: {row}"])):
        results = {SCRIPT: Result(SCRIPT, "cpu", 0.1, (Output("1\n"), Output(raised=raised)))}
        found = run_checks(evidence(SHOWN, results=results, alone=ended), ())
        assert [wrong.message.removeprefix("run alone, ") for wrong in found] == expected


def test_what_a_build_warns_of_is_an_error_unless_it_is_allowed() -> None:
    found = evidence("# A\n")
    place = replace(run_checks(evidence("```python\nx\n```\n"), ())[0].location, line=1)
    for slug, severity in (("drifted", "error"), ("missing-file", "error"), ("stderr", "warning")):
        warning = Diagnostic(slug, "m", place, severity=Severity.WARNING)
        assert told(found, warning) == [(slug, 1, severity)]
        assert told(found, warning, allowed=(slug,)) == [(slug, 1, "warning")]
    rough = Diagnostic("overflow", "too full", place, severity=Severity.WARNING)
    assert told(replace(found, measured={DECK: SlideMeasurements(DECK)}), rough) == []
