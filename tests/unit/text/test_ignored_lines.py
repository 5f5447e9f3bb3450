"""Lines that are left out of the comparison."""

import pytest

from deckwright.text.ignored_lines import compared_rows, expression, without_ignored


def test_lines_in_which_the_expression_is_found_are_left_out() -> None:
    text = "a\ntook 3 s\nb took\n"
    assert without_ignored(text, "took [0-9]") == "a\nb took\n"
    assert without_ignored(text, "^took") == "a\nb took\n"
    assert compared_rows(text, "took") == [(1, "a"), (4, "")]
    assert without_ignored(text, "") == text


@pytest.mark.parametrize("pattern", ["(a|aa)+$", "(a+)+$", "(a*)*b", "^(a|a?)+$"])
def test_an_expression_that_would_search_for_ever_leaves_its_line_in(pattern: str) -> None:
    text = "a" * 3000 + "!"
    assert without_ignored(f"{text}\n{text}", pattern) == f"{text}\n{text}"


@pytest.mark.parametrize("pattern", ["(", "*", "[", "(?P<a>x)(?P<", ""])
def test_what_is_no_expression_is_refused(pattern: str) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        expression(pattern)
