"""Fences that look like Python and are not tried."""

import pytest

from deckwright.adopt.analysis.unmarked import reads_as_python, unmarked_diagnostics
from deckwright.parse import parse_deck


@pytest.mark.parametrize(
    ("info", "code", "message"),
    [
        ("{.python}", "x", "this fence is left as it is: Marp knows no language '{.python}'"),
        ("python:a.py", "x", "this fence is left as it is: Marp knows no language 'python:a.py'"),
        ("", "import torch", "this fence is left as it is: it reads as Python, and has no language"),
        ("", "hello", ""),
        ("python", "x", ""),
        ("bash", "import x", ""),
        ("pycon", ">>> x", ""),
    ],
)
def test_the_language_of_a_fence(info: str, code: str, message: str) -> None:
    deck = parse_deck("slides/deck.md", f"```{info}\n{code}\n```\n")
    messages = [diagnostic.message for diagnostic in unmarked_diagnostics(deck, ())]
    assert messages == ([message] if message else [])
    assert list(unmarked_diagnostics(deck, deck.fences)) == []


@pytest.mark.parametrize(
    ("code", "expected"),
    [("x = f(1)", True), ("for x in y: ...", True), ("x = 1", False), ("hello", False), ("a b", False)],
)
def test_text_that_is_surely_python(code: str, expected: bool) -> None:
    assert reads_as_python(code) is expected
