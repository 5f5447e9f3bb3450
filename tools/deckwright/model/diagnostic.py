"""Where something is wrong with what the author wrote or produced, and what."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Location:
    """A place in a text that the author wrote."""

    path: str
    line: int
    column: int = 1
    length: int = 1


class Severity(StrEnum):
    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """Something wrong with what the author wrote or produced."""

    slug: str
    message: str
    location: Location
    source: str = ""
    """The whole source line at the location, for the caret."""
    hint: str = ""
    severity: Severity = Severity.ERROR
    slide: int = 0
    """Number of the slide in the source; 0 where it is not known."""
    picture: str = ""
    """A picture that shows it, below build/."""
    subject: str = ""
    """What it is about, where slug and place do not say: a path, an address, the type of an error."""


def has_errors(diagnostics: Iterable[Diagnostic]) -> bool:
    return any(wrong.severity is Severity.ERROR for wrong in diagnostics)
