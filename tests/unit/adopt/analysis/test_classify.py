"""Code that Python cannot read."""

import pytest

from deckwright.adopt.analysis.classify import (
    AWAITS,
    COMMANDS,
    ENDLESS,
    FRAGMENT,
    PSEUDO,
    SESSION,
    reason_apart,
)


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
        ("while True:\n    print('tick')\n    time.sleep(1)", ENDLESS),
        ("while 1: pass", ENDLESS),
        ("i = 0\nwhile True:\n    i += 1", ENDLESS),
        ("while True:\n    if input() == 'q': break", ""),
        ("while True:\n    print(next(xs))", ""),
        ("while n:\n    n -= 1", ""),
        ("def f():\n    while True: pass", ""),
        ("if __name__ == '__main__':\n    root.mainloop()", ENDLESS),
        ("HTTPServer(('', 8000), H).serve_forever()", ENDLESS),
        ("uvicorn.run(app)", ENDLESS),
        ("app.run()", ""),
    ],
)
def test_what_is_no_program(code: str, reason: str) -> None:
    assert reason_apart(code) == reason
