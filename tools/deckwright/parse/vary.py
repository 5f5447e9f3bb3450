"""The what-if controls of a script: the values that its table `[tool.deckwright.vary]` lists."""

from __future__ import annotations

import ast
from collections.abc import Sequence

from deckwright.model import Control
from deckwright.model.control import literal
from deckwright.parse.overrides import EXPECTED, expression_of
from deckwright.text.syntax import assigned_name, top_level


def control_of(tree: ast.Module, name: str, values: object) -> Control:
    """Return the control of a name that a script sets once; raises ValueError with what is wrong.

    A listed value that equals the script's own stands for that. If none does, the script's own is one more.
    """
    if not isinstance(values, list) or not values:
        raise ValueError(f"'{name}' must be a list of values, not {values!r}")
    listed = [_listed(name, value) for value in values]
    if len({*map(_identity, listed)}) < len(listed):
        raise ValueError(f"'{name}' has a value twice: {', '.join(listed)}")
    own = _own(tree, name)
    found = [index for index, each in enumerate(listed) if _identity(each) == _identity(own)]
    accepted = found[0] if found else _place_of(own, listed)
    every = [*listed[:accepted], own, *listed[accepted + len(found) :]]
    if len(every) == 1:
        raise ValueError(f"'{name}' has no other value than {own}, which the script sets")
    return Control(name, tuple(every), accepted)


def _listed(name: str, value: object) -> str:
    try:
        return expression_of(value)
    except ValueError:
        raise ValueError(f"each value of '{name}' must be {EXPECTED}, not {value!r}") from None


def _own(tree: ast.Module, name: str) -> str:
    """Return the expression that a script gives a name; its value if that is a plain one."""
    for statement in top_level(tree):
        if assigned_name(statement) == name and isinstance(statement, ast.Assign | ast.AnnAssign):
            assert statement.value
            text = ast.unparse(statement.value)
            value = literal(text)
            return repr(value) if isinstance(value, str | bool | int | float) else text
    raise AssertionError(f"{name} is set at the top level")


def _identity(expression: str) -> object:
    """Return what two expressions of one value have in common: 1 and 1.0 are one value, True is another."""
    value = literal(expression)
    return expression if value is None else (isinstance(value, bool), value)


def _place_of(own: str, listed: Sequence[str]) -> int:
    """Return where a value goes among others: in its place if these are numbers that rise, or else first."""
    numbers = [literal(each) for each in (own, *listed)]
    if not all(isinstance(each, int | float) and not isinstance(each, bool) for each in numbers):
        return 0
    value, *others = (float(str(each)) for each in numbers)
    return sum(each < value for each in others) if others == sorted(others) else 0
