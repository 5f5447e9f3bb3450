"""The letters that stand in a script that draws."""

from __future__ import annotations

import pytest

from deckwright.execute.drawn_letters import drawn_letters
from deckwright.model import Job, Options


@pytest.mark.parametrize(
    ("source", "letters"),
    [
        ('plt.title("안녕 x")', "안녕"),
        ('plt.title(f"é {x}")', "é"),
        (r'plt.title("\u05e9\N{HANGUL SYLLABLE GA}")', "ש가"),
        ('plt.title("x")  # 안녕', ""),
        ('plt.title("안', ""),
        ('plt.title("x")', ""),
    ],
)
def test_letters_of_texts(source: str, letters: str) -> None:
    job = Job("a.py", source, (), (), Options(), "cpu", ("matplotlib.pyplot",))
    assert drawn_letters(job) == frozenset(letters)


def test_a_script_that_does_not_draw_needs_no_fonts() -> None:
    assert drawn_letters(Job("a.py", 'print("안녕")', (), (), Options(), "cpu", ("json",))) == frozenset()
