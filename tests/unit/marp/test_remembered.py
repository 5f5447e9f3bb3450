"""Texts that are remembered, up to a size."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from deckwright.marp.remembered import remembered_within


@pytest.mark.parametrize(
    ("asked", "computed"),
    [
        pytest.param("aaba", "ab", id="once"),
        pytest.param("abacab", "abcb", id="what-was-used-last-stays"),
        pytest.param("LL", "LL", id="too-large-alone"),
        pytest.param("aLa", "aLa", id="too-large-with-others"),
    ],
)
def test_texts_are_remembered_up_to_a_size(asked: Sequence[str], computed: Sequence[str]) -> None:
    calls: list[str] = []

    @remembered_within(2000)
    def picture(name: str, times: int = 1) -> str:
        calls.append(name)
        return name * (3000 if name.isupper() else 1000) * times

    assert [picture(name)[:1] for name in asked] == [*asked]
    assert calls == [*computed]


def test_all_arguments_count() -> None:
    @remembered_within(100)
    def text(name: str, times: int = 1) -> str:
        return name * times

    assert [text("a"), text("a", 2), text("a", times=3), text("a")] == ["a", "aa", "aaa", "a"]
