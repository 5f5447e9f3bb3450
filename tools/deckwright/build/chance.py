"""Whether what a script prints may depend on chance: on the order of a set, or on random numbers."""

from __future__ import annotations

import ast

_SETS = frozenset({"set", "frozenset", "hash"})
_GENERATORS = frozenset({"random", "default_rng"})
_SEEDS = frozenset(
    {"seed", "manual_seed", "seed_everything", "set_seed", "default_rng", "RandomState", "Random"}
)


def may_depend_on_chance(code: str) -> bool:
    """Return whether a script uses sets, or random numbers that it does not seed."""
    try:
        nodes = list(ast.walk(ast.parse(code)))
    except SyntaxError:  # what only a notebook understands
        return False
    names = {name for node in nodes for name in _names(node)}
    sets = not names.isdisjoint(_SETS) or any(isinstance(node, ast.Set | ast.SetComp) for node in nodes)
    return sets or (not names.isdisjoint(_GENERATORS) and not any(map(_seeds, nodes)))


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
