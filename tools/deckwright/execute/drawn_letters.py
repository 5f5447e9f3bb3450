"""The letters that a script may write into its figures, as far as they stand in it."""

from __future__ import annotations

import ast

from deckwright.model import Job

_DRAWING = frozenset({"matplotlib", "seaborn"})


def drawn_letters(job: Job) -> frozenset[str]:
    """Return the letters outside of ASCII in the texts of a script that draws; comments do not count."""
    if not _DRAWING & {name.partition(".")[0] for name in job.imports}:
        return frozenset()
    if job.source.isascii() and "\\" not in job.source:
        return frozenset()
    try:
        nodes = ast.walk(ast.parse(job.source))
    except (SyntaxError, ValueError, RecursionError):
        return frozenset()
    texts = (node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str))
    return frozenset(letter for text in texts for letter in text if not letter.isascii())
