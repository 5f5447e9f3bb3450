"""One statement as code that keeps what it raises, or the value of its expression.

What it raises is caught in the statement's own frame, because there is none below that (`bare_stack`).
"""

from __future__ import annotations

import ast
from types import CodeType
from typing import Literal

_PLACE = "deckwright: what the statement raises, or its value"
"""A constant in whose place the compiled code has the object that catches."""


class Caught:
    """What the last statement left: `with CAUGHT: STATEMENT`, or `with CAUGHT: CAUGHT.value = EXPRESSION`."""

    def __init__(self) -> None:
        self.value: object = None
        self._error: BaseException | None = None

    def __enter__(self) -> None: ...

    def __exit__(self, _: object, error: BaseException | None, trace: object) -> Literal[True]:
        self._error = error
        return True

    def take(self) -> tuple[object, BaseException | None]:
        """Return the value of the statement, and what it raised; forget both."""
        left = self.value, self._error
        self.value = self._error = None
        return left

    def compiled(self, statement: ast.stmt, value: ast.expr | None, file: str, flags: int) -> CodeType:
        """Compile a statement, or (if its value counts) the expression that it consists of."""
        tree = ast.Module([self._catching(statement, value)], type_ignores=[])
        code: CodeType = compile(ast.fix_missing_locations(tree), file, "exec", flags, dont_inherit=True)
        return code.replace(co_consts=tuple(self if each == _PLACE else each for each in code.co_consts))

    def _catching(self, statement: ast.stmt, value: ast.expr | None) -> ast.stmt:
        if isinstance(statement, ast.ImportFrom) and statement.module == "__future__":
            return statement  # it may not be inside of another one, and raises nothing
        if value is not None:
            target = ast.Attribute(ast.Constant(_PLACE), "value", ast.Store())
            statement = ast.copy_location(ast.Assign([target], value), statement)
        item = ast.withitem(ast.Constant(_PLACE))
        return ast.copy_location(ast.With([item], [statement]), statement)
