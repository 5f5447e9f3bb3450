"""Accepting writes results into the source: bodies and link texts, and nothing else."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deckwright.compose.accept import accept, not_replaceable
from deckwright.compose.compose import compose
from deckwright.model import Deck, Failure, FailureKind, Frame, Kind, Output, Raised, Result, Rich, Severity
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


PIECES = (
    *r"""---
***
===
# h
text

```
````
~~~
  ```
- a
  b
> q
> 1
> ```
    code
<!--
-->
<!-- [1](../snippets/a.py#x) -->
```text output=../snippets/a.py#r
  ~~~text output=../snippets/a.py
- ```python file=../snippets/a.py
> ```text output=../snippets/a.py#r compare=none
```python
~~~~yaml
[1](../snippets/a.py#x "{:.1%}") [**1**](../snippets/a.py#y)
| a | [1](../snippets/a.py#x) |
|---|---|
![[1](../snippets/a.py#x) b](../figures/f.svg)
[[1](../snippets/a.py#x)](../snippets/a.py#y)
<p title="[1](../snippets/a.py#x)">[1](../snippets/a.py#x)</p>
<div>
$$
header: '[1](../snippets/a.py#x)'
title: [1](../snippets/a.py#y)
headingDivider: 1
é""".splitlines(),
    *("\ufeff", "\x00", "\u2028", "\t1", ""),
)


@settings(max_examples=300)
@given(
    st.lists(st.sampled_from(PIECES), max_size=16),
    st.lists(st.sampled_from(["\n", "\n", "\n", "\r\n", "\r"]), min_size=16, max_size=16),
    st.sampled_from(["1\n", "---\n", "```\n", "> a\n\n~~~~\n", ""]),
)
def test_of_any_deck_only_the_references_change(rows: list[str], ends: list[str], printed: str) -> None:
    """In a deck without errors, what stands around the references stays, byte for byte."""
    text = "".join(row + end for row, end in zip(rows, ends, strict=False))
    course = course_of(text, {SCRIPT: CODE})
    results = result_of("", printed, x=0.973, y="a_b*c")
    if any(each.severity is Severity.ERROR for each in course.diagnostics):
        return
    if not_replaceable(deck_of(course), course, results):
        return
    before = deck_of(course)
    once = accept(before, course, results)
    assert surroundings(parse_deck(DECK, once)) == surroundings(before)


def surroundings(deck: Deck) -> list[object]:
    """Return what stands around the references of a deck, and of each what is not its accepted text."""
    done, parts = 0, []
    for each in (each for each in deck.references if each.kind in (Kind.CODE, Kind.OUTPUT, Kind.VALUE)):
        info = (
            (each.info, each.prefix) if each.fence else deck.text[each.start + 1 + len(each.label) : each.end]
        )
        parts += [deck.text[done : each.start], (each.kind, each.target, each.slide, info)]
        done = each.end
    return [*parts, deck.text[done:]]


@pytest.mark.parametrize(
    ("body", "printed", "line"),
    [
        ("1\n\n---\n\n# B\n", "1\n", 4),
        ("***\n", "1\n", 2),
        ("1\n\n~~~python file=../snippets/a.py#r {1}\nx\n~~~\n", "1\n", 4),
        ("> ~~~text output\n> 1\n> ~~~\n", "1\n", 2),
        ("a\n---\nb\n---\n", "a\n---\n", 3),
        ("a\n---\nb\n", "b\n---\na\n", None),
        ("-----  ----\n", "1\n", None),
        ("~~~python\n", "1\n", None),
        ("1\n\n---\n", "1\n\n---\n", None),
    ],
)
def test_what_no_script_prints_is_not_replaced(body: str, printed: str, line: int | None) -> None:
    text = f"```text output=../snippets/a.py#r\n{body}```\n"
    course = course_of(text, {SCRIPT: CODE})
    results = result_of("", printed)
    refused = not_replaceable(deck_of(course), course, results)
    assert [f"line {line}," in each.message for each in refused] == [True] * (line is not None)
    composed = compose(deck_of(course), course, results).diagnostics
    assert [each for each in composed if each.slug == "unclosed-fence"] == list(refused)


def test_nothing_of_a_failed_run_is_accepted_but_code() -> None:
    text = "[1](../snippets/a.py#x)\n\n```text output=../snippets/a.py\nold\n```\n"
    failed = result_of("", "new\n", failure=Failure(FailureKind.RAISED, "no", 1), x=2)
    assert accepted(text, failed) == text
    assert accepted(text, {}) == text


def test_a_value_that_cannot_be_formatted_stays() -> None:
    text = '[1](../snippets/a.py#x "{:.1%}")\n'
    assert accepted(text, x="word") == text
