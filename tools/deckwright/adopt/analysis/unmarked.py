"""Fences that are Python to a reader but not to Marp: they have another tool's language, or none."""

from __future__ import annotations

import ast
import re
from collections.abc import Collection, Iterator

from deckwright.adopt.analysis.fences import is_python
from deckwright.model import Deck, Diagnostic, Fence
from deckwright.parse.info_string import SOURCES
from deckwright.text.lines import Lines
from deckwright.text.syntax import statements_of

_LANGUAGE = re.compile(r"[{.\s]*(?:code(?:-cell)?\}\s*i?)?(?:python3?|py)(?![\w-])", re.IGNORECASE)
"""Pandoc's {.python}, Quarto's {python}, MyST's {code-cell} python, python:name.py, python=."""

_DEFINITIONS = ast.Import | ast.ImportFrom | ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef
_BLOCKS = ast.For | ast.While | ast.With | ast.Try


def unmarked_diagnostics(deck: Deck, outputs: Collection[Fence]) -> Iterator[Diagnostic]:
    """Warn of each fence that looks like Python but is not tried; `outputs` show what was printed."""
    lines = Lines(deck.path, deck.text)
    for fence in deck.fences:
        is_other = not is_python(fence) and not fence.info.attributes.keys() & SOURCES
        if is_other and fence not in outputs and (reason := _reason(fence)):
            message = f"this fence is left as it is: {reason}"
            hint = "write ```python, then adopt again"
            yield lines.warning("not-run", message, lines.whole(fence.line), hint)


def reads_as_python(code: str) -> bool:
    """Whether a text is surely Python: it imports, defines, loops, or assigns the result of a call."""
    return any(
        isinstance(statement, _DEFINITIONS | _BLOCKS)
        or (isinstance(statement, ast.Assign) and isinstance(statement.value, ast.Call))
        for statement in statements_of(code)
    )


def _reason(fence: Fence) -> str:
    if _LANGUAGE.match(fence.info_text):
        return f"Marp knows no language '{fence.info_text.split()[0]}'"
    if not fence.info_text and reads_as_python(fence.code):
        return "it reads as Python, and has no language"
    return ""
