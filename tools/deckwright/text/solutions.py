"""Marks of an exercise's solution, as nbgrader writes them, and the text without it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable

from deckwright.text.lines import Lines

MARK = re.compile(r"\s*#+\s*(?P<kind>BEGIN|END) SOLUTION\b")
"""A comment that begins or ends a solution, at the start of its line."""

MENTION = re.compile(r"#+\s*(?:BEGIN|END) SOLUTION\b")
"""What looks like one, wherever it stands."""


def gap(exercise: str) -> str:
    """Return the line in place of a solution."""
    return f"raise NotImplementedError({json.dumps(exercise, ensure_ascii=False)})"


def without_lines(lines: Lines, solutions: Iterable[tuple[int, int, str]], in_place: bool = False) -> str:
    """Return a text in which each solution is one line that raises NotImplementedError.

    A solution is the lines of its two marks, and the name of its exercise. With `in_place`, blank lines
    follow, so that no line below moves.
    """
    rows = [lines[number] for number in range(1, len(lines) + 1)]
    for first, last, name in sorted(solutions, reverse=True):
        inside = [row for row in rows[first : last - 1] if row.strip() and not row.lstrip().startswith("#")]
        row = (inside or [rows[first - 1]])[0]
        indent = row[: len(row) - len(row.lstrip())]
        rows[first - 1 : last] = [indent + gap(name), *[""] * (last - first if in_place else 0)]
    return "\n".join(rows) + ("\n" if lines.text.endswith(("\n", "\r")) else "")


def without_marks(code: str) -> str:
    """Return code without the marks of its solutions."""
    return "\n".join(row for row in code.split("\n") if not MARK.match(row))
