"""Messages for open pages, as JSON-like data: diagnostics, and the progress of a build."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from deckwright.errors import DeckwrightError
from deckwright.model import Diagnostic, Group, Severity
from deckwright.report.board import MOST_RUNNING, Board
from deckwright.report.diagnostics_text import place_text
from deckwright.report.excerpt import marked_parts, printable
from deckwright.report.groups import elsewhere, grouped


def diagnostics_message(diagnostics: Iterable[Diagnostic]) -> dict[str, Any]:
    """Return the diagnostics, errors and warnings apart."""
    message: dict[str, list[dict[str, Any]]] = {"errors": [], "warnings": []}
    for group in grouped(diagnostics):
        is_error = group.diagnostic.severity is Severity.ERROR
        message["errors" if is_error else "warnings"].append(_group(group))
    return message


def error_message(error: DeckwrightError) -> dict[str, Any]:
    """Return why there was no build, in the form of a diagnostic."""
    item = {
        "place": "",
        "slug": error.slug,
        "message": error.message,
        "hint": error.hint,
        "also": "",
        "excerpt": None,
    }
    return {"errors": [item], "warnings": []}


def progress_message(board: Board, now: float) -> dict[str, Any]:
    """Return what is running, for how many seconds, and how long it took last time."""
    running = [
        {
            "name": printable(each.name),
            "seconds": round(now - each.since_seconds, 3),
            "last": each.last_seconds,
        }
        for each in board.running[:MOST_RUNNING]
    ]
    return {"running": running, "done": board.done, "steps": board.steps, "left": board.left_seconds(now)}


def _group(group: Group) -> dict[str, Any]:
    diagnostic = group.diagnostic
    return {
        "place": place_text(diagnostic.location),
        "slug": diagnostic.slug,
        "message": printable(diagnostic.message.strip()),
        "hint": printable(diagnostic.hint.strip()),
        "also": printable(elsewhere(group)),
        "excerpt": _excerpt(diagnostic) if diagnostic.source.strip() else None,
    }


def _excerpt(diagnostic: Diagnostic) -> dict[str, Any]:
    before, marked, after = map(printable, marked_parts(diagnostic.source, diagnostic.location))
    return {"line": diagnostic.location.line, "before": before, "marked": marked, "after": after}
