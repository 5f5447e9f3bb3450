"""What counts as a top-level statement."""

import ast

import pytest

from deckwright.text.syntax import first_line, last_line, shown_value, shows_value, top_level


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a = 1\nb = (\n 2)\n", [(1, 1), (2, 3)]),
        ("@d\n@e\ndef f():\n  pass\n", [(1, 4)]),
        ("if __name__ == '__main__':\n  a\n  b\n", [(2, 2), (3, 3)]),
        ("if '__main__' == __name__:\n  a\n", [(2, 2)]),
        ("if __name__ == '__main__':\n  a\nelse:\n  b\n", [(1, 4)]),
        ("if __name__ != '__main__':\n  a\n", [(1, 2)]),
        ("if x == '__main__':\n  a\n", [(1, 2)]),
        ("a; b\n", [(1, 1), (1, 1)]),
        ("", []),
    ],
)
def test_top_level(text: str, expected: list[tuple[int, int]]) -> None:
    statements = top_level(ast.parse(text))
    assert [(first_line(s), last_line(s)) for s in statements] == expected


@pytest.mark.parametrize(
    ("code", "shown"),
    [
        ("x", True),
        ("f(\n1)", True),
        ("名 = 1; 名", True),
        ("print(x).y", True),
        ("x;", False),
        ("'中';  # quiet", False),
        ("print(x)", False),
        ("x = 1", False),
        ("x = = 1", False),
        ("", False),
    ],
)
def test_whether_a_cell_shows_a_value(code: str, shown: bool) -> None:
    assert shows_value(code) is shown


def test_the_value_that_a_cell_shows() -> None:
    text = "if __name__ == '__main__':\n    print(x)\n"
    (statement,) = top_level(ast.parse(text))
    value = shown_value(statement, text.split("\n"))
    assert value is not None
    assert ast.unparse(value) == "print(x)"
