"""Whether what a script prints may depend on chance: on the order of a set, or on random numbers."""

from __future__ import annotations

import ast
from collections.abc import Iterable

_SETS = frozenset({"set", "frozenset"})
_ORDERLESS = frozenset({"all", "any", "len", "max", "min", "sorted"})
"""Functions that return the same for a set in any order."""

_OPERATORS = (ast.BitAnd, ast.BitOr, ast.BitXor, ast.Sub)
"""Those that make sets of sets."""

_GENERATORS = frozenset({"random", "default_rng"})
_SEEDS = frozenset(
    {"seed", "manual_seed", "seed_everything", "set_seed", "default_rng", "RandomState", "Random"}
)


def may_depend_on_chance(code: str) -> bool:
    """Return whether a script may see the order of a set, or uses random numbers that it does not seed."""
    try:
        nodes = list(ast.walk(ast.parse(code)))
    except SyntaxError:  # what only a notebook understands
        return False
    names = {name for node in nodes for name in _names(node)}
    unseeded = not names.isdisjoint(_GENERATORS) and not any(map(_seeds, nodes))
    return unseeded or "hash" in names or _shows_order(nodes)


def _shows_order(nodes: Iterable[ast.AST]) -> bool:
    """Whether the order of a set may reach anything. Each node stands after its parent."""
    hidden = set[ast.AST]()
    for node in nodes:
        hidden.update(_hides_order_of(node, node in hidden))
        if _is_set(node) and node not in hidden:
            return True
    return False


def _hides_order_of(node: ast.AST, is_hidden: bool) -> tuple[ast.expr, ...]:
    """Return those parts of a node whose order does not reach its value, or its value reaches nothing."""
    match node:
        case ast.Call(func=ast.Name(id=name), args=[operand], keywords=[]) if name in _ORDERLESS:
            return (operand,)
        case ast.Compare(left=left, comparators=others):
            return (left, *others)
        case ast.Call(func=ast.Name(id=name) as function, args=operands) if is_hidden and name in _SETS:
            return (function, *operands)
        case ast.BinOp(left=left, right=right, op=operator) if is_hidden and isinstance(operator, _OPERATORS):
            return (left, right)
    return ()


def _is_set(node: ast.AST) -> bool:
    """Whether a node makes a set, or names what makes one."""
    return isinstance(node, ast.Set | ast.SetComp) or (isinstance(node, ast.Name) and node.id in _SETS)


def _names(node: ast.AST) -> tuple[str, ...]:
    match node:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return (name,)
        case ast.Import(names=aliases):
            return tuple(part for alias in aliases for part in alias.name.split("."))
        case ast.ImportFrom(module=str(module), names=aliases):
            return (*module.split("."), *(alias.name for alias in aliases))
    return ()


def _seeds(node: ast.AST) -> bool:
    """Whether a node gives a generator a seed."""
    return isinstance(node, ast.Call) and bool(node.args) and not _SEEDS.isdisjoint(_names(node.func))
