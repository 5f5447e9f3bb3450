"""Statements as code that keeps what they raise, or their value."""

from __future__ import annotations

import ast
import traceback
from collections.abc import Mapping
from types import CodeType
from typing import Any

import pytest

from deckwright.child.caught import Caught


def compiled(caught: Caught, text: str, *, is_value: bool = False) -> CodeType:
    (statement,) = ast.parse(text).body
    value = statement.value if is_value and isinstance(statement, ast.Expr) else None
    return caught.compiled(statement, value, "x.py", 0)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("x = 1", {"x": 1}),
        ("x: int = 1", {"x": 1, "__annotations__": {"x": int}}),
        ("x = ...", {"x": ...}),
        ("from math import pi", {"pi": 3.141592653589793}),
        ("if True:\n    x = 1", {"x": 1}),
        ("'a text that is no docstring'", {}),
    ],
)
def test_a_statement_does_what_it_does_alone(text: str, names: Mapping[str, Any]) -> None:
    caught = Caught()
    namespace: dict[str, Any] = {"__builtins__": __builtins__}
    exec(compiled(caught, text), namespace)
    assert {name: each for name, each in namespace.items() if name != "__builtins__"} == names
    assert caught.take() == (None, None)


@pytest.mark.parametrize("text", ["1 + 1", "(yes := 2)", "...", "'deckwright'"])
def test_the_value_of_an_expression(text: str) -> None:
    caught = Caught()
    exec(compiled(caught, text, is_value=True))
    assert caught.take() == (eval(text), None)
    assert caught.take() == (None, None)


@pytest.mark.parametrize("text", ["raise StopIteration", "1 / 0", "raise SystemExit(3)", "del x"])
def test_an_exception_with_nothing_but_the_frames_of_the_statement(text: str) -> None:
    caught = Caught()
    exec(compiled(caught, "\n\n" + text))
    value, error = caught.take()
    assert value is None
    assert error is not None
    assert error.__context__ is None
    assert [(frame.name, frame.lineno) for frame in traceback.extract_tb(error.__traceback__)] == [
        ("<module>", 3)
    ]


def test_a_future_import_stays_the_first_statement() -> None:
    assert compiled(Caught(), "from __future__ import annotations").co_flags & 0x1000000
