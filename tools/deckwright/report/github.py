"""Diagnostics as workflow commands: GitHub shows each at its line in the change that brought it."""

from __future__ import annotations

from collections.abc import Iterable

from deckwright.model import Diagnostic, Severity
from deckwright.report.diagnostics_text import in_order
from deckwright.report.excerpt import printable


def github_annotations(found: Iterable[Diagnostic]) -> str:
    """Return one command a line; empty for none."""
    return "\n".join(map(_annotation, in_order(found)))


def _annotation(wrong: Diagnostic) -> str:
    where = wrong.location
    kind = "error" if wrong.severity is Severity.ERROR else "warning"
    fields = {
        "file": where.path,
        "line": where.line,
        "col": where.column,
        "endColumn": where.column + where.length,
        "title": wrong.slug,
    }
    told = ",".join(f"{name}={_property(str(value))}" for name, value in fields.items())
    text = wrong.message + (f"\nhint: {wrong.hint}" if wrong.hint else "")
    return f"::{kind} {told}::{_data(text)}"


def _data(text: str) -> str:
    # https://github.com/actions/toolkit/blob/main/packages/core/src/command.ts
    return printable(text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A"))


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
