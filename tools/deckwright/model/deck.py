"""Decks as they are read: slides, and the references on them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from deckwright.model.script import Script
from deckwright.model.trouble import Diagnostic, Location

LONGEST_TITLE = 60
"""Messages cut a longer one."""


class Kind(StrEnum):
    CODE = "code"
    OUTPUT = "output"
    FIGURE = "figure"
    VALUE = "value"
    EXEC = "exec"
    UNVERIFIED = "unverified"


@dataclass(frozen=True, slots=True)
class Target:
    """What a reference names: a file and, after `#`, a region, cell or value of it."""

    path: str
    """A script's path; for a figure the picture's."""
    fragment: str = ""


@dataclass(frozen=True, slots=True)
class Display:
    """How a fence wants to be shown."""

    highlight: tuple[str, ...] = ()
    """Line specs such as "1,3-5", one a step; empty for no highlight."""
    lines: str = ""
    max_lines: int | None = None
    compare: str = "numbers"
    stream: str = "stdout"
    no_exec: str = ""


@dataclass(frozen=True, slots=True)
class Reference:
    """One place of a deck that shows something of a script."""

    kind: Kind
    target: Target
    location: Location
    start: int
    """Offset in the deck's text of what composing replaces."""
    end: int
    slide: int
    body: str = ""
    """Accepted text: the fence's body, or the link's text."""
    label: str = ""
    """A link's text as it is written: with its emphasis and escapes."""
    language: str = ""
    prefix: str = ""
    """What stands before each further line of a fence inside a list or quote."""
    fence: str = ""
    """The fence's own marker."""
    info: str = ""
    """The fence's info string, for carets."""
    format: str = ""
    """A value's format, such as "{:.1%}"."""
    display: Display = Display()


@dataclass(frozen=True, slots=True)
class Slide:
    """Number, title and first line of a slide, and where its text lies."""

    number: int
    title: str
    line: int
    start: int
    end: int
    headed: bool = False
    """Whether a heading that divides slides (`headingDivider`) begins it."""
    paginated: bool = False
    """Whether it shows its page number."""

    @property
    def name(self) -> str:
        """What messages call it: its number, and the beginning of its title."""
        title = self.title if len(self.title) <= LONGEST_TITLE else f"{self.title[: LONGEST_TITLE - 1]}…"
        return f'slide {self.number} "{title}"' if title else f"slide {self.number}"


@dataclass(frozen=True, slots=True)
class Deck:
    """A parsed Marp deck."""

    path: str
    text: str
    title: str
    slides: tuple[Slide, ...]
    references: tuple[Reference, ...]
    program: Script | None = None
    """Its `exec` fences as one script whose line numbers are the deck's."""
    files: tuple[str, ...] = ()
    """Local files that it shows or links: shipped with the deck."""
    front_matter: Mapping[str, Any] = field(default_factory=dict)
    diagnostics: tuple[Diagnostic, ...] = ()
