"""What counts as the same output."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deckwright.compose.compare import agrees, difference
from support.cases import Case, read_cases


@pytest.mark.parametrize("case", list(read_cases("compare/numbers.md", inputs=2)), ids=lambda case: case.id)
def test_numbers(case: Case) -> None:
    assert str(agrees(*case.inputs, "numbers")) == case.expected


@pytest.mark.parametrize(
    ("how", "fresh", "expected"),
    [
        ("exact", "took 1.5 s", True),
        ("exact", "took 1.50 s", False),
        ("exact", "took  1.5 s", False),
        ("numbers", "took 1.50 s", True),
        ("shape", "took 99 s", True),
        ("shape", "took 99 ms", False),
        ("none", "anything", True),
    ],
)
def test_ways(how: str, fresh: str, expected: bool) -> None:
    assert agrees("took 1.5 s\n", fresh, how) is expected


ON_3_11 = """x = int("y")
    ^^^^^^^^
in f:
    return a[0] + 1 / 0
                  ~~^~~
ZeroDivisionError: division by zero"""
ON_3_13 = """x = int("y")
    ~~~^^^^^
in f:
    return a[0] + 1 / 0
ZeroDivisionError: division by zero"""


def test_where_python_points_does_not_count_in_an_error() -> None:
    assert agrees(ON_3_11, ON_3_13, "numbers", is_error=True)
    assert agrees(ON_3_11.replace("\n", " \r\n"), ON_3_13, "numbers", is_error=True)
    assert not agrees(ON_3_11, ON_3_13, "exact", is_error=True)
    assert not agrees(ON_3_11, ON_3_13, "numbers")
    assert not agrees(f"^ {ON_3_11}", f"^^ {ON_3_13}", "numbers", is_error=True)


def test_the_difference_of_an_error_is_where_it_counts() -> None:
    fresh = ON_3_13.replace("by zero", "by nought")
    assert (
        difference(ON_3_11, fresh, "numbers", is_error=True)
        == "in line 4: ZeroDivisionError: division by nought"
    )


def test_indentation_of_the_first_line_counts() -> None:
    assert not agrees("    a\n    b", "a\n    b", "exact")


@given(st.text(), st.text(), st.sampled_from(["exact", "numbers", "shape", "none"]))
def test_never_raises_and_knows_itself(left: str, right: str, how: str) -> None:
    agrees(left, right, how)
    assert agrees(left, left, how)


@given(st.floats(-1e6, 1e6), st.integers(1, 6))
def test_a_number_agrees_with_itself_rounded(number: float, digits: int) -> None:
    assert agrees(f"{number:.{digits}f}", repr(number), "numbers")
