"""What students receive: code without solutions, beside results of the whole scripts."""

from __future__ import annotations

import re

import pytest

from deckwright.compose.compose import compose
from deckwright.model import Dialect, ExpandedDeck
from deckwright.publish.stripped import students_course, without_notes
from support.course import SCRIPT, course_of, deck_of, result_of

EXERCISE = """\
# region task
def double(x):
    # region body
    # BEGIN SOLUTION
    # region inner
    return 2 * x
    # endregion inner
    # END SOLUTION
    # endregion body
# endregion task


print(double(4))
"""


def shown(deck: str, script: str = EXERCISE) -> str:
    """Return a deck as students see it."""
    course, results = students_course(course_of(deck, {SCRIPT: script}), result_of("", "8\n"))
    return compose(deck_of(course), course, results).text


def test_a_slide_shows_the_gap_and_the_result() -> None:
    text = shown(
        "```python file=../snippets/a.py#task\n```\n\n```text output=../snippets/a.py\n```\n",
    )
    assert 'def double(x):\n    raise NotImplementedError("double")\n' in text
    assert "return 2 * x" not in text
    assert "\n8\n" in text


def test_a_region_around_the_solution_alone_and_one_in_it() -> None:
    for region in ("body", "inner"):
        text = shown(f"```python file=../snippets/a.py#{region}\nreturn 2 * x\n```\n")
        assert '\nraise NotImplementedError("double")\n' in text
        assert "return 2 * x" not in text


def test_a_whole_script() -> None:
    assert "return 2 * x" not in shown("```python file=../snippets/a.py\n```\n")


def test_a_fence_of_the_deck() -> None:
    deck = "# A\n\n```python exec\nx = 1\n# BEGIN SOLUTION\ny = x + 1\n# END SOLUTION\nprint(y)\n```\n"
    whole = course_of(deck, {})
    assert compose(deck_of(whole), whole, {}).text == deck.replace(" exec", "").replace(
        "# BEGIN SOLUTION\n", ""
    ).replace("# END SOLUTION\n", "")
    assert '```python\nx = 1\nraise NotImplementedError("deck")\nprint(y)\n```' in shown(deck)


def test_a_course_without_solutions_is_the_same() -> None:
    course = course_of("```python file=../snippets/a.py\n```\n", {SCRIPT: "x = 1\n"})
    assert students_course(course, {}) == (course, {})


TOP = """\
a = 1
# BEGIN SOLUTION
b = a + 1
print(b)
# END SOLUTION
# %% last
print(a)
"""


def test_results_stay_with_their_statements() -> None:
    course = course_of("```text output=../snippets/a.py#last\n```\n", {SCRIPT: TOP})
    students, results = students_course(course, result_of("", "", "2\n", "1\n"))
    script = students.scripts[SCRIPT]
    assert script.text.split("\n")[1] == 'raise NotImplementedError("a")'
    assert [each.printed("stdout") for each in results[SCRIPT].outputs] == ["", "2\n", "1\n"]
    assert compose(deck_of(students), students, results).text == "```text\n1\n```\n"


def test_lines_of_fences_do_not_move() -> None:
    deck = "# A\n\n```python exec\n# BEGIN SOLUTION\nx = 1\n# END SOLUTION\ny = 2\n```\n"
    course, _ = students_course(course_of(deck, {}), {})
    program = course.scripts["slides/deck.md"]
    assert [(each.first_line, each.last_line) for each in program.units[0].statements] == [(4, 4), (7, 7)]
    assert "x = 1" not in program.text


NOTES = {
    "a block": ("# A\n\n<!--\nsay this\n-->\n\n---\n\n# B\n", "say this"),
    "like a directive": ("# A\n\n<!-- 提问: 为什么? -->\n", "提问"),
    "in a paragraph": ("# A\n\nsome <!-- say\nthis --> text\n", "say"),
    "in a list": ("# A\n\n- a\n\n  <!-- say this -->\n\n- b\n", "say this"),
    "in HTML": ("# A\n\n<div>\n<!-- say this -->\n</div>\n", "say this"),
    "other line ends": ("# A\r\n\r\n<!--\r\nsay this\r\n-->\r\n", "say this"),
}


@pytest.mark.parametrize(("text", "note"), NOTES.values(), ids=NOTES)
def test_notes_go_and_nothing_else_does(text: str, note: str) -> None:
    left = without_notes(ExpandedDeck("slides/a.md", text, ()), Dialect()).text
    assert note not in left
    assert left.count("\n") == text.count("\n")
    assert re.sub("<!--.*?-->", "", left, flags=re.S) == re.sub("<!--.*?-->", "", text, flags=re.S)


@pytest.mark.parametrize(
    "text",
    [
        "<!-- _class: lead -->\n\n# A\n",
        "```html\n<!-- shown -->\n```\n",
        "`<!-- shown -->`\n",
        "<!-- paginate: true\nfooter: x -->\n",
        "<!-- lint ignore deckwright-chart 0 -->\n",
    ],
)
def test_directives_and_code_are_no_notes(text: str) -> None:
    assert without_notes(ExpandedDeck("slides/a.md", text, ()), Dialect()).text == text
