"""Where something is wrong with what the author wrote or produced, and what."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from deckwright.frozen import dataclass


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
class Cause:
    """One thing that makes diagnostics at several places: what corrects it corrects them all."""

    name: str
    """What it is, such as "theme gaia" or an address: diagnostics of a slug with the same name are one."""
    problem: str = ""
    """What is wrong with it, whichever slide shows it; empty where the name says it."""
    fix: str = ""
    """What corrects it, such as a rule of CSS; empty where the hint of a diagnostic says it."""


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
    cause: Cause | None = None
    """What makes it, if that may make more of them."""


@dataclass(frozen=True, slots=True)
class Acceptance:
    """Where an author accepts what is wrong: on a slide, or in a whole script."""

    slugs: tuple[str, ...]
    reason: str
    location: Location
    source: str
    """The whole line at the location."""
    slide: int = 0
    """0 for a script."""


@dataclass(frozen=True, slots=True)
class Accepted:
    """A diagnostic that does not count, and the author's reason."""

    diagnostic: Diagnostic
    reason: str


@dataclass(frozen=True, slots=True)
class Group:
    """What is said once: a diagnostic, and the others with the same cause."""

    diagnostic: Diagnostic
    """The first of them, with a message and a hint for all."""
    members: tuple[Diagnostic, ...]
    """All of them as they are, the first one included."""


def has_errors(diagnostics: Iterable[Diagnostic]) -> bool:
    return any(wrong.severity is Severity.ERROR for wrong in diagnostics)
