"""What counts as a top-level statement."""

import ast

import pytest

from deckwright.text.syntax import first_line, last_line, top_level


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
