"""Names that code uses and does not bind, found without running it."""

from __future__ import annotations

import ast
import builtins
from collections.abc import Iterator, Sequence
from dataclasses import field

from deckwright.frozen import dataclass
from deckwright.text.bound_names import bound_names, written_names

BUILT_IN = frozenset(dir(builtins)) | {"__name__", "__file__", "__doc__", "__builtins__", "__annotations__"}

_COMPOUND = (ast.For, ast.AsyncFor, ast.While, ast.If, ast.With, ast.AsyncWith, ast.Try, ast.Match)
_Function = ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda
_Comprehension = ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp


@dataclass(frozen=True, slots=True)
class Use:
    """A name that code reads, at a line and a column in characters, both from 1."""

    name: str
    line: int
    column: int
    later: bool = False
    """Whether it is read only when the function around it is called."""
    attribute: str = ""
    """The attribute that is read with it: `linear` in `F.linear`."""


@dataclass(frozen=True, slots=True)
class Uses:
    """The names that code needs from elsewhere, and those that it binds."""

    needed: tuple[Use, ...] = ()
    bound: frozenset[str] | None = frozenset()
    """None if only a run shows them (`from x import *`)."""


def uses_of(code: str) -> Uses:
    """Return the names that code uses and binds; none if Python cannot read it."""
    try:
        tree = ast.parse(code)
        return Uses(tuple(_needed(tree, code.split("\n"))), bound_names([tree]))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return Uses()


def _needed(tree: ast.Module, rows: Sequence[str]) -> Iterator[Use]:
    bound: set[str] = set()
    everywhere = _bound(tree.body)
    is_open = bound_names([tree]) is None
    for statement in tree.body:
        # After this statement, any name may be bound, also for functions above.
        if bound_names([ast.Module([statement], [])]) is None:
            return
        reader = _Reader(rows)
        reader.visit(statement)
        own = _bound([statement]) if isinstance(statement, _COMPOUND) else _walrus(statement)
        known = bound | own
        for use in reader.uses:
            if use.name not in (everywhere if use.later else known) and not (use.later and is_open):
                yield use
        bound |= _bound([statement])


def _bound(body: Sequence[ast.stmt]) -> frozenset[str]:
    return written_names([ast.Module(list(body), [])])


def _walrus(statement: ast.stmt) -> frozenset[str]:
    return frozenset(
        node.target.id
        for node in ast.walk(statement)
        if isinstance(node, ast.NamedExpr) and isinstance(node.target, ast.Name)
    )


def _catches_missing_names(handler: ast.ExceptHandler) -> bool:
    caught = ast.walk(handler.type) if handler.type else ()
    return any(isinstance(node, ast.Name) and node.id == "NameError" for node in caught)


@dataclass
class _Reader(ast.NodeVisitor):
    """Visitor that collects the names that a statement reads, except those of its inner scopes."""

    rows: Sequence[str]
    uses: list[Use] = field(default_factory=list)
    scopes: list[frozenset[str]] = field(default_factory=list)
    functions: int = 0

    def visit_Name(self, node: ast.Name) -> None:
        if not isinstance(node.ctx, ast.Store):
            self._use(node)

    def visit_Attribute(self, node: ast.Attribute) -> None:
        if isinstance(node.value, ast.Name):
            self._use(node.value, node.attr)
        else:
            self.visit(node.value)

    def visit_Try(self, node: ast.Try) -> None:
        # What catches a missing name asks for it, and goes on without.
        missing_is_caught = any(map(_catches_missing_names, node.handlers))
        self._all([] if missing_is_caught else node.body)
        self._all([*node.handlers, *node.orelse, *node.finalbody])

    def visit_AugAssign(self, node: ast.AugAssign) -> None:
        if isinstance(node.target, ast.Name):
            self._use(node.target)
        self.generic_visit(node)

    def visit_FunctionDef(self, node: ast.FunctionDef | ast.AsyncFunctionDef) -> None:
        self._all(node.decorator_list)
        if node.returns:
            self.visit(node.returns)
        self._function(node, node.body)

    visit_AsyncFunctionDef = visit_FunctionDef

    def visit_Lambda(self, node: ast.Lambda) -> None:
        self._function(node, [ast.Expr(node.body)])

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        self._all([*node.decorator_list, *node.bases, *(keyword.value for keyword in node.keywords)])
        self.scopes.append(_bound(node.body) | {node.name, "__class__", "__module__", "__qualname__"})
        self._all(node.body)
        self.scopes.pop()

    def visit_ListComp(self, node: _Comprehension) -> None:
        stored = (n.id for n in ast.walk(node) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store))
        self.scopes.append(frozenset(stored))
        self.generic_visit(node)
        self.scopes.pop()

    visit_SetComp = visit_DictComp = visit_GeneratorExp = visit_ListComp

    def _function(self, node: _Function, body: Sequence[ast.stmt]) -> None:
        arguments = [n for n in ast.walk(node.args) if isinstance(n, ast.arg)]
        self._all([a.annotation for a in arguments if a.annotation])
        self._all([default for default in [*node.args.defaults, *node.args.kw_defaults] if default])
        elsewhere = {n for part in body for g in ast.walk(part) if isinstance(g, ast.Global) for n in g.names}
        own = (_bound(body) - elsewhere) | {a.arg for a in arguments} | {"__class__"}
        self.scopes.append(frozenset(own))
        self.functions += 1
        self._all(body)
        self.functions -= 1
        self.scopes.pop()

    def _all(self, nodes: Sequence[ast.AST]) -> None:
        for node in nodes:
            self.visit(node)

    def _use(self, node: ast.Name, attribute: str = "") -> None:
        if not any(node.id in scope for scope in self.scopes) and node.id not in BUILT_IN:
            row = self.rows[node.lineno - 1] if node.lineno <= len(self.rows) else ""
            column = len(row.encode()[: node.col_offset].decode("utf-8", "replace")) + 1
            self.uses.append(Use(node.id, node.lineno, column, self.functions > 0, attribute))
