"""Rows in the body of a fence that no script gives: they rather belong to the deck."""

from __future__ import annotations

import re

from deckwright.model import Diagnostic, Reference
from deckwright.text.lines import Lines

_ROWS = (
    re.compile(r" {0,3}(?:-{3}|\*{3}|_{3})[ \t]*"),
    re.compile(r"[ \t>]*(?:`{3,}|~{3,})[ \t]*\w+[^`]*\b(?:file=|output=|exec\b|output[ \t]*$).*"),
)
"""A ruler between slides; the opening of a fence that is a reference."""


def foreign_row(reference: Reference, fresh: str, source: Lines) -> Diagnostic | None:
    """Return an error if an accepted text that differs holds more such rows than the fresh one.

    To replace it could delete slides: the end of the fence may be missing, or be in the wrong place.
    """
    for pattern in _ROWS:
        old, new = (
            [number for number, row in enumerate(text.split("\n")) if pattern.fullmatch(row)]
            for text in (reference.body, fresh)
        )
        if len(old) > len(new):
            return _diagnostic(reference, reference.location.line + 1 + old[0], source)
    return None


def _diagnostic(reference: Reference, line: int, source: Lines) -> Diagnostic:
    what = source[line].strip()
    message = f"this fence holds {what} in line {line}, which is no part of what it shows now"
    hint = (
        f"close it with {reference.fence} above what is no accepted text; if all of it is, empty the fence,"
        " then run 'deckwright sync'"
    )
    return source.diagnostic("unclosed-fence", message, reference.location, hint)
