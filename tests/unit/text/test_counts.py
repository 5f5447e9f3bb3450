"""Numbers of things in words."""

from __future__ import annotations

from deckwright.text.counts import counted


def test_counted() -> None:
    assert [counted(number, "slide") for number in (0, 1, 2)] == ["0 slides", "1 slide", "2 slides"]
