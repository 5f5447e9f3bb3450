from __future__ import annotations

import pytest

from deckwright.cluster.same_machine import difference

HERE = "CPython 3.11.7 x86_64 utf-8 {} abc"


@pytest.mark.parametrize(
    ("python", "versions", "words"),
    [
        (HERE, {"torch": "2.9", "numpy": "2.0", "more": "1"}, ""),
        (HERE, {"torch": "2.8", "numpy": "2.0"}, "it has torch 2.8, this machine 2.9"),
        (HERE, {"numpy": "2.0"}, "it has no torch"),
        (HERE, {}, "it has no torch (1 more differ)"),
        (HERE.replace("abc", "abd"), {}, "it has another version of Deckwright"),
        (
            HERE.replace("3.11.7", "3.12.0"),
            {},
            "it runs CPython 3.12.0 x86_64 utf-8 {}, this machine CPython 3.11.7 x86_64 utf-8 {}",
        ),
    ],
)
def test_the_first_difference_is_said(python: str, versions: dict[str, str], words: str) -> None:
    assert difference(HERE, {"torch": "2.9", "numpy": "2.0"}, python, versions) == words
