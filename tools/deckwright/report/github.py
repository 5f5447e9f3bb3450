"""Diagnostics as workflow commands of GitHub, which shows each at its line of a change."""

from __future__ import annotations

from collections.abc import Iterable

from deckwright.model import Diagnostic, Group, Severity
from deckwright.report.excerpt import printable
from deckwright.report.groups import elsewhere, grouped


def github_annotations(diagnostics: Iterable[Diagnostic]) -> str:
    """Return one command per line and cause; empty for none."""
    return "\n".join(map(_annotation, grouped(diagnostics)))


def _annotation(group: Group) -> str:
    diagnostic = group.diagnostic
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
    text += f"\nalso: {places}" if (places := elsewhere(group)) else ""
    return f"::{kind} {properties}::{_data(text)}"


def _data(text: str) -> str:
    # https://github.com/actions/toolkit/blob/main/packages/core/src/command.ts
    return printable(text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A"))


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
