"""What is wrong, as text for a terminal.

`color` asks for SGR colours, `width` for at most so many columns (None: cut nothing, for logs and
pipes). What authors and snippets wrote is made printable first: it steers no terminal.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from deckwright.model import Diagnostic, Location, Severity
from deckwright.report.excerpt import excerpt, printable
from deckwright.report.phrases import counted, paint

_SEVERITIES = {Severity.ERROR: "red", Severity.WARNING: "yellow"}


def diagnostic_text(wrong: Diagnostic, color: bool = False, width: int | None = None) -> str:
    """Return where and what is wrong, the source line with a caret, and the hint."""
    tint = _SEVERITIES[wrong.severity]
    place = paint(place_text(wrong.location), "bold", color)
    kind = paint(wrong.severity, tint, color)
    lines = [f"{place} {kind} [{wrong.slug}] {_indented(wrong.message)}"]
    lines += _excerpt(wrong.source, wrong.location, tint, color, width)
    if wrong.hint:
        lines.append(f"{paint('hint:', 'blue', color)} {_indented(wrong.hint)}")
    return "\n".join(lines)


def diagnostics_text(found: Iterable[Diagnostic], color: bool = False, width: int | None = None) -> str:
    """Return all diagnostics in the order of the sources, then their count; empty for none."""
    ordered = in_order(found)
    if not ordered:
        return ""
    texts = [diagnostic_text(wrong, color, width) for wrong in ordered]
    return "\n\n".join([*texts, count_text(ordered, color)])


def count_text(found: Iterable[Diagnostic], color: bool = False) -> str:
    """Return "2 errors, 1 warning"."""
    counts = Counter(wrong.severity for wrong in found)
    return ", ".join(
        paint(counted(counts[severity], severity), tint, color)
        for severity, tint in _SEVERITIES.items()
        if counts[severity]
    )


def in_order(found: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Return diagnostics by file, line and column, each once."""
    return tuple(sorted(dict.fromkeys(found), key=_order))


def _order(wrong: Diagnostic) -> tuple[Any, ...]:
    where = wrong.location
    return (where.path, where.line, where.column, wrong.severity, wrong.slug, wrong.message)


def place_text(location: Location) -> str:
    """Return "slides/a.md:3:9"."""
    return f"{printable(location.path)}:{location.line}:{location.column}"


def _indented(text: str) -> str:
    return printable(text.strip()).replace("\n", "\n    ")


def _excerpt(source: str, where: Location, tint: str, color: bool, width: int | None) -> list[str]:
    if not source.strip():
        return []
    line, caret = excerpt(source, where.line, where.column, where.length, width)
    return [line, paint(caret, tint, color)]
