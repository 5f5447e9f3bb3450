"""Which lines of code are the same in two versions."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deckwright.compose.moves import moving_code, numbered_lines


@pytest.mark.parametrize(
    ("versions", "expected"),
    [
        (["abc"], [[0, 1, 2]]),
        (["abc", "abc"], [[0, 1, 2], [0, 1, 2]]),
        (["abc", "ac"], [[0, 1, 2], [0, 2]]),
        (["abc", "axbc"], [[0, 1, 2], [0, 3, 1, 2]]),
        (["abc", "x", "ab"], [[0, 1, 2], [3], [4, 5]]),
        (["abc", "bca"], [[0, 1, 2], [1, 2, 0]]),
        (["aa", "a", "aa"], [[0, 1], [0], [0, 2]]),
    ],
)
def test_letters_as_lines(versions: list[str], expected: list[list[int]]) -> None:
    assert numbered_lines(versions) == expected


def test_a_line_that_is_indented_is_the_same_line() -> None:
    before = ["x = f()", "", "print(x)"]
    after = ["with g():", "    x = f()", "    print(x)", "", ""]
    assert numbered_lines([before, after]) == [[0, 1, 2], [3, 0, 2, 1, 4]]


@given(st.lists(st.lists(st.sampled_from(["a", " a", "b", "  b", "c", ""]), max_size=6), min_size=1))
def test_no_two_lines_of_a_version_are_one(versions: list[list[str]]) -> None:
    numbered = numbered_lines(versions)
    assert [len(set(numbers)) for numbers in numbered] == [len(version) for version in versions]
    texts: dict[int, set[str]] = {}
    for version, numbers in zip(versions, numbered, strict=True):
        for row, number in zip(version, numbers, strict=True):
            texts.setdefault(number, set()).add(row.strip())
    assert all(len(rows) == 1 for rows in texts.values())


@pytest.mark.parametrize(
    ("versions", "expected"),
    [
        (["a\nb\nc", "c"], ["a\nb\nc", "c\n\n"]),
        (["abc\n一d", "e\nf\ng"], ["abc\n一d\n", "e\nf\ng  "]),
        (["a一\nb", "c"], ["a一\nb", "c\n \u3000"]),
    ],
)
def test_each_version_has_room_for_the_largest(versions: list[str], expected: list[str]) -> None:
    assert [moving_code(versions, number, 7)[1] for number in (0, 1)] == expected


def test_the_attribute_of_a_version() -> None:
    assert moving_code(["a\nb\nc", "c"], 1, 7)[0] == ' moves="7:2"'
