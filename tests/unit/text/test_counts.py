"""Numbers of things in words."""

from __future__ import annotations

import pytest

from deckwright.text.counts import counted, ranks_in_words


def test_counted() -> None:
    assert [counted(number, "slide") for number in (0, 1, 2)] == ["0 slides", "1 slide", "2 slides"]


@pytest.mark.parametrize(
    ("ranks", "words"),
    [
        ([1], "rank 1"),
        ([0, 1], "ranks 0 and 1"),
        ([0, 1, 2], "ranks 0 to 2"),
        ([0, 2, 3, 4, 9], "ranks 0, 2 to 4 and 9"),
    ],
)
def test_ranks_in_words(ranks: list[int], words: str) -> None:
    assert ranks_in_words(ranks) == words
