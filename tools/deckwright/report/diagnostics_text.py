"""Diagnostics as text for a terminal, in colours, which `click.echo` removes elsewhere.

`width` limits the columns (None: cut nothing, for logs and pipes). Texts of authors and snippets are made
printable first, so that they cannot control the terminal.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from click import style

from deckwright.model import Diagnostic, Group, Location, Severity
from deckwright.report.excerpt import excerpt, printable
from deckwright.report.groups import elsewhere, grouped
from deckwright.text.counts import counted

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


def group_text(group: Group, width: int | None = None) -> str:
    """Return what is said of a group, and where else it is."""
    text = diagnostic_text(group.diagnostic, width)
    places = elsewhere(group)
    return f"{text}\n{style('also:', fg='blue')} {printable(places)}" if places else text


def diagnostics_text(diagnostics: Iterable[Diagnostic], width: int | None = None) -> str:
    """Return all diagnostics in the order of the sources, each cause once, and a count; empty for none."""
    groups = grouped(diagnostics)
    if not groups:
        return ""
    texts = [group_text(group, width) for group in groups]
    return "\n\n".join([*texts, count_text(groups)])


def count_text(groups: Iterable[Group]) -> str:
    """Return "2 errors, 1 warning"."""
    counts = Counter(group.diagnostic.severity for group in groups)
    return ", ".join(
        style(counted(counts[severity], severity), fg=tint)
        for severity, tint in _SEVERITIES.items()
        if counts[severity]
    )


def place_text(location: Location) -> str:
    """Return "slides/a.md:3:9"."""
    return f"{printable(location.path)}:{location.line}:{location.column}"


def _indented(text: str) -> str:
    return printable(text.strip()).replace("\n", "\n    ")
