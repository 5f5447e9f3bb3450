"""Letters in messages."""

import pytest

from deckwright.text.letters import named_letters


@pytest.mark.parametrize(
    ("letters", "expected"),
    [
        ("안", "안 (U+C548)"),
        ("안안녕", "안 (U+C548) and 녕 (U+B155)"),
        ("ab\ue000", "a (U+0061), b (U+0062) and U+E000"),
        ("\u0e31\U0001f680", "U+0E31 and 🚀 (U+1F680)"),
        ("abcde", "a (U+0061), b (U+0062), c (U+0063), d (U+0064) and e (U+0065)"),
        ("abcdefg", "a (U+0061), b (U+0062), c (U+0063), d (U+0064), e (U+0065) and 2 more"),
    ],
)
def test_each_letter_has_its_code_point(letters: str, expected: str) -> None:
    assert named_letters(letters) == expected
