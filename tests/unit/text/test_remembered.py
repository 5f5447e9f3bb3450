"""Values that are remembered for texts, up to a size."""

from __future__ import annotations

from deckwright.text.remembered import MOST_CHARACTERS, remembered


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
