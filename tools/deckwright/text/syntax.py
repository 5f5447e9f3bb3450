"""The statements and imports of a script, the same for planning and running."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from deckwright.frozen import dataclass

_GUARDS = tuple(
    ast.dump(ast.parse(test, mode="eval").body)
    for test in ("__name__ == '__main__'", "'__main__' == __name__")
)


def top_level(tree: ast.Module) -> Iterator[ast.stmt]:
    """Yield the statements to which output is attributed, in order.

    The body of `if __name__ == "__main__":` counts as top level, so that a script in the usual
    form has more than one statement to show.
    """
    for statement in tree.body:
        if isinstance(statement, ast.If) and not statement.orelse and ast.dump(statement.test) in _GUARDS:
            yield from statement.body
        else:
            yield statement


def assigned_name(statement: ast.stmt) -> str:
    """Return the name that `name = …` or `name: type = …` sets; empty for every other statement."""
    match statement:
        case ast.Assign(targets=[ast.Name(id=name)]):
            return name
        case ast.AnnAssign(target=ast.Name(id=name), value=ast.expr()):
            return name
    return ""


def first_line(statement: ast.stmt) -> int:
    """Return the line on which a statement starts, decorators included."""
    decorators: list[ast.expr] = getattr(statement, "decorator_list", [])
    return min([statement.lineno, *(d.lineno for d in decorators)])


def last_line(statement: ast.stmt) -> int:
    return statement.end_lineno or statement.lineno


def shown_value(statement: ast.stmt, lines: Sequence[str]) -> ast.expr | None:
    """Return the expression that a cell displays if this is its last statement, and no semicolon follows.

    `lines` are those of the text that holds the statement.
    """
    if not isinstance(statement, ast.Expr):
        return None
    line = lines[(statement.end_lineno or 1) - 1].encode()
    return None if line[statement.end_col_offset :].lstrip().startswith(b";") else statement.value


def shows_value(code: str) -> bool:
    """Whether a cell with this code is likely to display a value: `print(...)` has none."""
    last = statements_of(code)[-1:]
    value = shown_value(last[0], code.split("\n")) if last else None
    call = value.func if isinstance(value, ast.Call) else None
    return value is not None and not (isinstance(call, ast.Name) and call.id == "print")


def statements_of(code: str) -> list[ast.stmt]:
    """Return the statements of code; none if Python cannot parse it."""
    try:
        return ast.parse(code).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return []


def module_names(code: str) -> frozenset[str]:
    """Return the top-level names that `import` binds: modules, not values."""
    imports = (each for each in statements_of(code) if isinstance(each, ast.Import))
    return frozenset((a.asname or a.name).partition(".")[0] for each in imports for a in each.names)


def imported_modules(trees: Iterable[ast.Module]) -> frozenset[str]:
    """Return the full name of each module that is imported anywhere."""
    found: set[str] = set()
    for tree in trees:
        for node in ast.walk(tree):
            if isinstance(node, ast.Import):
                found.update(alias.name for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                found.add(node.module)
    return frozenset(found)


@dataclass(frozen=True, slots=True)
class ModulesUsed:
    """The modules that code imports, by full name, and what it uses of them by its full name."""

    modules: frozenset[str]
    names: frozenset[str]


@lru_cache(maxsize=1024)
def modules_used(code: str) -> ModulesUsed:
    """Return what code imports anywhere, and what it uses of that: `torch.optim`, however it is written."""
    tree = ast.Module(statements_of(code), [])
    modules = imported_modules([tree])
    names = {*modules, *(module.partition(".")[0] for module in modules)}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            names.update(f"{node.module}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            names.add(f"{node.value.id}.{node.attr}")
    return ModulesUsed(modules, frozenset(names))
