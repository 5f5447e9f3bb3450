"""Accepting writes results into the source: bodies and link texts, and nothing else."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deckwright.compose.accept import accept
from deckwright.compose.compose import compose
from deckwright.model import Failure, FailureKind, Frame, Output, Raised, Result, Rich
from deckwright.parse import parse_deck
from support.cases import Case, read_cases
from support.course import DECK, SCRIPT, course_of, deck_of, output, result_of

CODE = "# region r\nx = y = 1\nprint(x)\n# endregion r\n"
DECK_TEXT = """# A [**1**](../snippets/a.py#x "{}") and `[1](../snippets/a.py#x)`

- ```python file=../snippets/a.py#r {1}
  old
  ```

  > ~~~text output=../snippets/a.py#r
  > ~~~

| a \\| b | [`1`](../snippets/a.py#x) |
|---|---|
| 1 | [1](<../snippets/a.py#y>) |

```text output=../snippets/a.py"""


def accepted(text: str, results: dict[str, object] | None = None, **values: object) -> str:
    course = course_of(text, {SCRIPT: CODE})
    assert not course.diagnostics
    given_results = result_of("", "1\n", **values) if results is None else results
    return accept(deck_of(course), course, given_results)  # type: ignore[arg-type]


@pytest.mark.parametrize("case", list(read_cases("accept/deck.md")), ids=lambda case: case.id)
def test_deck(case: Case) -> None:
    assert accepted(case.inputs[0], x=0.9731, y="a|b*c") == case.expected


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@settings(max_examples=60)
@given(printed=st.text() | st.text("`~-\n a\r"), value=st.text() | st.text("*_`[]()|\\$&~ a"))
def test_accepting_twice_is_accepting_once(end: str, printed: str, value: str) -> None:
    text = DECK_TEXT.replace("\n", end)
    results = result_of("", printed, x=value, y=value)
    course = course_of(text, {SCRIPT: CODE})
    once = accept(deck_of(course), course, results)
    again = course_of(once, {SCRIPT: CODE})
    assert accept(deck_of(again), again, results) == once
    assert len(deck_of(again).references) == len(deck_of(course).references)
    assert not compose(deck_of(again), again, results).diagnostics
    if end == "\r\n":
        assert "\n" not in once.replace("\r\n", "")


def test_what_is_accepted_of_displayed_values_is_text_that_no_run_changes() -> None:
    address = "<a.B object at 0x7f3c2a1b>"
    table = "<table><tr><th>n</th></tr><tr><td>1</td></tr></table>"
    values = (
        Rich({"image/svg+xml": "<svg/>", "text/plain": "<Figure size 640x480 with 1 Axes>"}, "Figure (m)"),
        Rich({"image/jpeg": "/9j/"}),
        Rich({"text/html": table, "text/plain": address}, "Styler (p)"),
        Rich({"text/latex": "$x$", "text/plain": address}, "Math (i)"),
        Rich({"text/html": "<i>a</i>", "text/plain": address}, "HTML (i)"),
    )
    body = "Figure (m)\nimage/jpeg\nn\n1\n$x$\nHTML (i)\n"
    results = {SCRIPT: Result(SCRIPT, "cpu", 0.1, (Output(), Output(values)))}
    fence = "```text output=../snippets/a.py#r\n{}```\n"
    assert accepted(fence.format(""), results) == fence.format(body)  # type: ignore[arg-type]
    assert accepted(fence.format(body), results) == fence.format(body)  # type: ignore[arg-type]


def test_an_error_that_another_python_draws_stays_as_it_was_accepted() -> None:
    frame = Frame(SCRIPT, 2, "<module>", "x = y = int('1')", "        ~~~^^^^^")
    raised = output(raised=Raised("ValueError", "no", (frame,)))
    results = {SCRIPT: Result(SCRIPT, "cpu", 0.1, (raised, raised))}
    panel = "```text output=../snippets/a.py#r\n{}```\n"
    row = "x = y = int('1')\n{}ValueError: no\n"
    for carets in ("", "        ^^^^^^^^\n"):
        text = panel.format(row.format(carets) * 2)
        assert accepted(text, results) == text  # type: ignore[arg-type]
        course = course_of(text, {SCRIPT: CODE})
        assert not compose(deck_of(course), course, results).diagnostics
    text = panel.format(row.format("").replace("no", "yes"))
    assert accepted(text, results) == panel.format(row.format("        ~~~^^^^^\n") * 2)  # type: ignore[arg-type]


def test_only_references_change() -> None:
    once = accepted(DECK_TEXT, x=2, y=3)
    before, after = parse_deck(DECK, DECK_TEXT), parse_deck(DECK, once)
    ends = (
        (0, 0),
        *((ref.end, new.end) for ref, new in zip(before.references, after.references, strict=True)),
    )
    starts = [(ref.start, new.start) for ref, new in zip(before.references, after.references, strict=True)]
    for (old_end, new_end), (old_start, new_start) in zip(ends, starts, strict=False):
        assert DECK_TEXT[old_end:old_start] == once[new_end:new_start]


def test_nothing_of_a_failed_run_is_accepted_but_code() -> None:
    text = "[1](../snippets/a.py#x)\n\n```text output=../snippets/a.py\nold\n```\n"
    failed = result_of("", "new\n", failure=Failure(FailureKind.RAISED, "no", 1), x=2)
    assert accepted(text, failed) == text
    assert accepted(text, {}) == text


def test_a_value_that_cannot_be_formatted_stays() -> None:
    text = '[1](../snippets/a.py#x "{:.1%}")\n'
    assert accepted(text, x="word") == text
