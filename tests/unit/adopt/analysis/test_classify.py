"""Code that Python cannot read."""

import pytest

from deckwright.adopt.analysis.classify import AWAITS, COMMANDS, FRAGMENT, PSEUDO, SESSION, reason_apart


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ("x = 1", ""),
        ("print(１)", ""),
        ("f（1）", ""),
        ("if x\n    y = 1", ""),
        (">>> x = 1\n>>> x\n1", SESSION),
        ("!pip install torch", COMMANDS),
        ("%matplotlib inline\nx = 1", COMMANDS),
        ("    x = 1\n    y = 2", FRAGMENT),
        ("return x", FRAGMENT),
        ("    for x in y:\n        z += x\n    return z", FRAGMENT),
        ("def f(x):\n    # your code here", FRAGMENT),
        ("In [3]: x * 2\nOut[3]: 4", SESSION),
        ("for x in y:\n    ...\nelse ...", FRAGMENT),
        ("model(<your input>)", FRAGMENT),
        ("class A(…):\n    pass", FRAGMENT),
        ("await fetch()", AWAITS),
        ("repeat until converged:\n  choose the next batch\n  update all weights", PSEUDO),
        ("x = 1\0", ""),
    ],
)
def test_what_is_no_program(code: str, reason: str) -> None:
    assert reason_apart(code) == reason
