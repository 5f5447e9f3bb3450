"""Values that are remembered for texts, up to a size."""

from __future__ import annotations

from deckwright.text.remembered import ENTRY_CHARACTERS, MOST_CHARACTERS, remembered, remembered_within


def test_the_same_text_is_computed_once() -> None:
    calls: list[str] = []

    @remembered
    def length(path: str, text: str, factor: int = 1) -> int:
        calls.append(path)
        return len(text) * factor

    assert [length("a", "xy"), length("a", "xy"), length("a", "xy", 2), length("b", "xy")] == [2, 2, 4, 2]
    assert calls == ["a", "a", "b"]


def test_versions_of_a_text_take_no_more_than_a_size_and_what_is_used_stays() -> None:
    calls: list[str] = []

    @remembered
    def length(path: str, text: str) -> int:
        calls.append(path)
        return len(text)

    used, versions = "u" * 1000, 40
    for version in range(versions):
        length("used", used)
        length("edited", f"{version}".ljust(MOST_CHARACTERS // 10))
    assert calls.count("used") == 1
    length("edited", f"{versions - 1}".ljust(MOST_CHARACTERS // 10))
    assert calls.count("edited") == versions
    length("edited", "0".ljust(MOST_CHARACTERS // 10))
    assert calls.count("edited") == versions + 1


def test_a_text_that_is_too_large_alone() -> None:
    @remembered
    def length(text: str) -> int:
        return len(text)

    for _ in range(3):
        assert length("x" * (MOST_CHARACTERS + 1)) == MOST_CHARACTERS + 1


def test_many_versions_of_a_short_text_are_bounded_in_number() -> None:
    calls: list[int] = []

    @remembered
    def parsed(path: str, version: int) -> list[str]:
        calls.append(version)
        return [path] * 50

    most = MOST_CHARACTERS // ENTRY_CHARACTERS
    for version in [*range(2 * most), 2 * most - 1, 0]:
        parsed("edited", version)
    assert calls[-2:] == [2 * most - 1, 0]
    assert calls.count(0) == 2


def test_values_that_are_texts_count() -> None:
    calls: list[int] = []

    @remembered_within(10_000 + 3 * ENTRY_CHARACTERS)
    def picture(version: int) -> str:
        calls.append(version)
        return "x" * 5000

    for version in [1, 2, 2, 1, 3, 1, 2]:
        picture(version)
    assert calls == [1, 2, 3, 2]
