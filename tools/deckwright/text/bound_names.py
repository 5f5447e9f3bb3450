"""Names that a program binds at its top level."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Sequence

_SCOPES = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)
_COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)


def bound_names(trees: Sequence[ast.Module]) -> frozenset[str] | None:
    """Return all top-level names; None if only a run of the program shows them."""
    return None if any(map(_binds_unseen, _top_level_nodes(trees))) else written_names(trees)


def written_names(trees: Sequence[ast.Module]) -> frozenset[str]:
    """Return the top-level names that the code shows; a run may bind more."""
    names = {name for node in _top_level_nodes(trees) for name in _bound(node)}
    every = (node for tree in trees for node in ast.walk(tree))
    return frozenset(names.union(*(node.names for node in every if isinstance(node, ast.Global))))


def binding_lines(tree: ast.Module, name: str) -> list[int]:
    """Return the lines in which the code sets a top-level name, in order."""
    nodes = [node for node in _top_level_nodes([tree]) if name in _bound(node)]
    declared = [node for node in ast.walk(tree) if isinstance(node, ast.Global) and name in node.names]
    return sorted(getattr(node, "lineno", 1) for node in [*nodes, *declared])


def _binds_unseen(node: ast.AST) -> bool:
    if isinstance(node, ast.ImportFrom):
        return any(alias.name == "*" for alias in node.names)
    return isinstance(node, ast.Call) and getattr(node.func, "id", "") in {"exec", "globals", "setattr"}


def _top_level_nodes(trees: Iterable[ast.Module]) -> Iterator[ast.AST]:
    """Walk what runs in the module's own scope."""
    pending: list[ast.AST] = list(trees)
    while pending:
        node = pending.pop()
        yield node
        if isinstance(node, _COMPREHENSIONS):
            pending.extend(n for n in ast.walk(node) if isinstance(n, ast.NamedExpr))
        elif isinstance(node, ast.AnnAssign) and node.value is None:
            pending.append(node.annotation)  # `name: type` sets nothing
        elif not isinstance(node, _SCOPES):
            pending.extend(ast.iter_child_nodes(node))


def _bound(node: ast.AST) -> Iterator[str]:
    match node:
        case ast.Name(id=name, ctx=ast.Store()):
            yield name
        case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
            yield name
        case ast.Import(names=aliases) | ast.ImportFrom(names=aliases):
            yield from (alias.asname or alias.name.split(".")[0] for alias in aliases)
        case ast.ExceptHandler(name=str(name)) | ast.MatchAs(name=str(name)) | ast.MatchStar(name=str(name)):
            yield name
        case ast.MatchMapping(rest=str(name)):
            yield name
