"""Fences that are Python to a reader, and not to Marp: another tool says so, or nothing does."""

from __future__ import annotations

import ast
import re
from collections.abc import Collection, Iterator

from deckwright.adopt.analysis.fences import other_fences
from deckwright.model import Deck, Diagnostic, Fence, Severity
from deckwright.text.lines import Lines

_ELSEWHERE = re.compile(r"[{.\s]*(?:code(?:-cell)?\}\s*i?)?(?:python3?|py)(?![\w-])", re.IGNORECASE)
"""Pandoc's {.python}, Quarto's {python}, MyST's {code-cell} python, python:name.py, python=."""

_CODE = (
    ast.Import
    | ast.ImportFrom
    | ast.FunctionDef
    | ast.AsyncFunctionDef
    | ast.ClassDef
    | ast.For
    | ast.While
    | ast.With
    | ast.Try
)


def overlooked(deck: Deck, outputs: Collection[Fence]) -> Iterator[Diagnostic]:
    """Yield each fence whose code nobody tries; `outputs` are those that show what was printed."""
    lines = Lines(deck.path, deck.text)
    for fence in other_fences(deck):
        why = _why(fence) if fence not in outputs else ""
        if why:
            place = lines.location(fence.line, 1, len(lines[fence.line]))
            message = f"this fence is left as it is: {why}"
            hint = "write ```python, then adopt again"
            yield lines.diagnostic("not-run", message, place, hint, Severity.WARNING)


def reads_as_python(code: str) -> bool:
    """Whether a text can hardly be anything else: it imports, defines, loops, or keeps what a call gave."""
    try:
        body = ast.parse(code).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    return any(isinstance(statement, _CODE) or _keeps_a_call(statement) for statement in body)


def _keeps_a_call(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.Assign) and isinstance(statement.value, ast.Call)


def _why(fence: Fence) -> str:
    if _ELSEWHERE.match(fence.info_text):
        return f"Marp knows no language '{fence.info_text.split()[0]}'"
    return (
        ""
        if fence.info_text or not reads_as_python(fence.code)
        else "it reads as Python, and has no language"
    )
