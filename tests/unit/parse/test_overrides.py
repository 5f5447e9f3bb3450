"""Which names of a script can have another value, and which values."""

import ast

import pytest

from deckwright.parse.overrides import expression_of, refusal_of


@pytest.mark.parametrize(
    "code", ["x = 1", "x: int = 1", "x: int\nx = 1", "if __name__ == '__main__':\n    x = 1"]
)
def test_a_plain_assignment_at_the_top_level(code: str) -> None:
    assert refusal_of(ast.parse(code), "x") is None


@pytest.mark.parametrize(
    "code",
    [
        "y = x = 1",
        "x, y = 1, 2",
        "x[0] = 1",
        "x: int",
        "import x",
        "def x(): pass",
        "for x in []: pass",
        "with open(f) as x: pass",
        "if y: x = 1",
        "print(x := 1)",
        "x = 1\nx += 1",
        "x = 1\nif y:\n    x = 2",
        "x = 1\ndef f():\n    global x\n    x = 2",
        "x = 1\n[x := 2 for _ in y]",
        "try: pass\nexcept E as x: pass",
        "match y:\n    case x: pass",
    ],
)
def test_a_name_is_set_once_by_a_statement_of_its_own(code: str) -> None:
    refusal = refusal_of(ast.parse(code), "x")
    assert refusal
    assert refusal.hint


def test_a_name_of_a_function_is_another_name() -> None:
    assert refusal_of(ast.parse("x = 1\ndef f(x):\n    x = 2\n[x for x in y]"), "x") is None


@pytest.mark.parametrize("value", [1, -3, 0.5, 1e-7, True, "it's", 'a "b"\n', 10**30])
def test_a_value_is_the_same_in_python(value: object) -> None:
    assert ast.literal_eval(expression_of(value)) == value
