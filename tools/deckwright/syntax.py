"""What the top-level statements of a script are: the one rule that planning and running must share."""

from __future__ import annotations

import ast
from collections.abc import Iterator


def top_level(tree: ast.Module) -> Iterator[ast.stmt]:
    """Yield the statements to which output is attributed, in order.

    The body of `if __name__ == "__main__":` counts as top level, so that a script in the usual
    form has more than one statement to show.
    """
    for statement in tree.body:
        if isinstance(statement, ast.If) and _is_main_guard(statement):
            yield from statement.body
        else:
            yield statement


def first_line(statement: ast.stmt) -> int:
    """Return the line on which a statement starts, decorators included."""
    decorators: list[ast.expr] = getattr(statement, "decorator_list", [])
    return min([statement.lineno, *(d.lineno for d in decorators)])


def last_line(statement: ast.stmt) -> int:
    return statement.end_lineno or statement.lineno


def _is_main_guard(statement: ast.If) -> bool:
    test = statement.test
    if statement.orelse or not isinstance(test, ast.Compare) or len(test.ops) != 1:
        return False
    if not isinstance(test.ops[0], ast.Eq):
        return False
    sides = [test.left, *test.comparators]
    names = {side.id for side in sides if isinstance(side, ast.Name)}
    texts = {side.value for side in sides if isinstance(side, ast.Constant)}
    return names == {"__name__"} and texts == {"__main__"}
