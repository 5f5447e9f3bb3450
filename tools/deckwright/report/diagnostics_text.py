"""Diagnostics as text for a terminal, in colours, which `click.echo` removes elsewhere.

`width` limits the columns (None: cut nothing, for logs and pipes). Texts of authors and snippets are made
printable first, so that they cannot control the terminal.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from click import style

from deckwright.model import Diagnostic, Location, Severity
from deckwright.report.excerpt import excerpt, printable
from deckwright.report.phrases import counted

_SEVERITIES = {Severity.ERROR: "red", Severity.WARNING: "yellow"}


def diagnostic_text(diagnostic: Diagnostic, width: int | None = None) -> str:
    """Return place and message, the source line with a caret, and the hint."""
    tint = _SEVERITIES[diagnostic.severity]
    place = style(place_text(diagnostic.location), bold=True)
    kind = style(diagnostic.severity, fg=tint)
    lines = [f"{place} {kind} [{diagnostic.slug}] {_indented(diagnostic.message)}"]
    if diagnostic.source.strip():
        where = diagnostic.location
        line, caret = excerpt(diagnostic.source, where.line, where.column, where.length, width)
        lines += [line, style(caret, fg=tint)]
    if diagnostic.hint:
        lines.append(f"{style('hint:', fg='blue')} {_indented(diagnostic.hint)}")
    return "\n".join(lines)


def diagnostics_text(diagnostics: Iterable[Diagnostic], width: int | None = None) -> str:
    """Return all diagnostics in the order of the sources, and their count; empty for none."""
    ordered = in_order(diagnostics)
    if not ordered:
        return ""
    texts = [diagnostic_text(diagnostic, width) for diagnostic in ordered]
    return "\n\n".join([*texts, count_text(ordered)])


def count_text(diagnostics: Iterable[Diagnostic]) -> str:
    """Return "2 errors, 1 warning"."""
    counts = Counter(diagnostic.severity for diagnostic in diagnostics)
    return ", ".join(
        style(counted(counts[severity], severity), fg=tint)
        for severity, tint in _SEVERITIES.items()
        if counts[severity]
    )


def in_order(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Return diagnostics by file, line and column, each once."""
    return tuple(sorted(dict.fromkeys(diagnostics), key=_order))


def _order(diagnostic: Diagnostic) -> tuple[Any, ...]:
    where = diagnostic.location
    return (where.path, where.line, where.column, diagnostic.severity, diagnostic.slug, diagnostic.message)


def place_text(location: Location) -> str:
    """Return "slides/a.md:3:9"."""
    return f"{printable(location.path)}:{location.line}:{location.column}"


def _indented(text: str) -> str:
    return printable(text.strip()).replace("\n", "\n    ")
