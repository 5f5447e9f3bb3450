"""Diagnostics as workflow commands of GitHub, which shows each at its line of a change."""

from __future__ import annotations

from collections.abc import Iterable

from deckwright.model import Diagnostic, Severity
from deckwright.report.diagnostics_text import in_order
from deckwright.report.excerpt import printable


def github_annotations(diagnostics: Iterable[Diagnostic]) -> str:
    """Return one command per line; empty for none."""
    return "\n".join(map(_annotation, in_order(diagnostics)))


def _annotation(diagnostic: Diagnostic) -> str:
    where = diagnostic.location
    kind = "error" if diagnostic.severity is Severity.ERROR else "warning"
    fields = {
        "file": where.path,
        "line": where.line,
        "col": where.column,
        "endColumn": where.column + where.length,
        "title": diagnostic.slug,
    }
    properties = ",".join(f"{name}={_property(str(value))}" for name, value in fields.items())
    text = diagnostic.message + (f"\nhint: {diagnostic.hint}" if diagnostic.hint else "")
    return f"::{kind} {properties}::{_data(text)}"


def _data(text: str) -> str:
    # https://github.com/actions/toolkit/blob/main/packages/core/src/command.ts
    return printable(text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A"))


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
