"""What a format is: its name, its files, what it needs, and how it is made."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from deckwright.model import PageDiagnostic, Request, SlideDiagnostic


class DeckRendering(Protocol):
    """A deck as Marp rendered it, from which formats are made. Paths are below build/."""

    @property
    def diagnostics(self) -> Sequence[PageDiagnostic]:
        """What Marp complains of."""

    @property
    def notes(self) -> Sequence[str]:
        """The speaker notes of each slide."""

    @property
    def author(self) -> str: ...

    @property
    def description(self) -> str: ...

    def page(self, path: str) -> tuple[bytes, Sequence[PageDiagnostic]]:
        """Return the page that marp-cli writes, with all that it shows inside, for a file at this path."""

    def pdf(self, path: str) -> bytes:
        """Print the slides, one per page, for a file at this path; needs the browser."""

    def pictures(self, scale: float = 1.0, slides: int | None = None) -> Iterator[bytes]:
        """Yield a PNG of each slide, or of so many; `scale` is its pixels per CSS pixel of the slide."""

    def misfits(self) -> Sequence[SlideDiagnostic]:
        """Return what does not fit on the slides or in their boxes; needs the browser."""


@dataclass(frozen=True, slots=True)
class Made:
    """What a format consists of: its files by path below build/, the one to open first."""

    files: Mapping[str, bytes]
    pages: int = 0
    """How many pages it has, where it has pages."""
    diagnostics: Sequence[PageDiagnostic] = ()
    misfits: Sequence[SlideDiagnostic] = ()


@dataclass(frozen=True, slots=True)
class Format:
    """One kind of file that a build makes of each deck."""

    name: str
    """As `--to` names it."""
    files: Callable[[str, int], Sequence[str]]
    """The paths below build/ for a deck of a name with so many slides, the one to open first."""
    make: Callable[[DeckRendering, str, Request], Made]
    """Make the files for a deck of a name."""
    needs_browser: bool = True
    options: Callable[[Request], Mapping[str, Any]] = lambda request: {}
    """What of a request the content depends on."""
