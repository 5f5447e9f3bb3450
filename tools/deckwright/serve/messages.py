"""What the open pages show besides slides, as JSON-like data: what is wrong, and what is being done."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from deckwright.errors import DeckwrightError
from deckwright.model import Diagnostic, Severity
from deckwright.report.board import MOST_RUNNING, Board
from deckwright.report.diagnostics_text import in_order
from deckwright.report.excerpt import printable


def diagnostics_news(found: Iterable[Diagnostic]) -> dict[str, Any]:
    """Return the errors and the warnings among what was found."""
    told: dict[bool, list[dict[str, Any]]] = {True: [], False: []}
    for wrong in in_order(found):
        told[wrong.severity is Severity.ERROR].append(_diagnostic(wrong))
    return {"errors": told[True], "warnings": told[False]}


def error_news(error: DeckwrightError) -> dict[str, Any]:
    """Return why there was no build."""
    wrong = {"place": "", "slug": error.slug, "message": error.message, "hint": error.hint, "excerpt": None}
    return {"errors": [wrong], "warnings": []}


def work_news(board: Board, now: float) -> dict[str, Any]:
    """Return what runs, since how many seconds, and how many it took last time."""
    running = [
        {
            "name": printable(each.name),
            "seconds": round(now - each.since_seconds, 3),
            "last": each.last_seconds,
        }
        for each in board.running[:MOST_RUNNING]
    ]
    return {"running": running, "done": board.done, "steps": board.steps, "left": board.left_seconds(now)}


def _diagnostic(wrong: Diagnostic) -> dict[str, Any]:
    where = wrong.location
    return {
        "place": printable(f"{where.path}:{where.line}:{where.column}"),
        "slug": wrong.slug,
        "message": printable(wrong.message.strip()),
        "hint": printable(wrong.hint.strip()),
        "excerpt": _excerpt(wrong) if wrong.source.strip() else None,
    }


def _excerpt(wrong: Diagnostic) -> dict[str, Any]:
    """Return the source line in three parts; the middle one is what the caret shows."""
    start = wrong.location.column - 1
    end = start + wrong.location.length
    source = wrong.source
    parts = [printable(part) for part in (source[:start], source[start:end], source[end:])]
    return {"line": wrong.location.line, "before": parts[0], "marked": parts[1], "after": parts[2]}
