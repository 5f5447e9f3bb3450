"""What a format is: its name, its files, what it needs, and how it is made."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import field
from pathlib import Path
from typing import Any, Protocol

from deckwright.frozen import dataclass
from deckwright.model import (
    Artifact,
    Course,
    Deck,
    DeckContents,
    ExpandedDeck,
    FormatOptions,
    PageDiagnostic,
    Result,
    Slide,
    SlideBlocks,
    SlideDiagnostic,
)
from deckwright.project.project import deck_name
from deckwright.text.fences import built_slides


class DeckRendering(Protocol):
    """A deck as Marp rendered it, from which formats are made. Paths are below build/."""

    @property
    def diagnostics(self) -> Sequence[PageDiagnostic]:
        """What Marp complains of."""

    @property
    def notes(self) -> Sequence[str]:
        """The speaker notes of each slide."""

    @property
    def math(self) -> bool:
        """Whether dollars delimit formulas, also in the notes."""

    @property
    def size(self) -> tuple[float, float]:
        """Width and height of the slides, in CSS pixels."""

    @property
    def states(self) -> DeckRendering | None:
        """The deck with all states of its slides; None if none of them has controls."""

    @property
    def author(self) -> str: ...

    @property
    def description(self) -> str: ...

    @property
    def keywords(self) -> Sequence[str]: ...

    def begin(self, path: str) -> None:
        """Have the browser open the deck, for what it will make of it for a file at this path."""

    def page(self, path: str) -> tuple[bytes, Sequence[PageDiagnostic]]:
        """Return the page that marp-cli writes, with all that it shows inside, for a file at this path."""

    def pdf(self, path: str, pages: Sequence[int] | None = None) -> bytes:
        """Print the slides, or those of these pages, for a file at this path; needs the browser.

        Pages are counted from 0. A link to a page that is left out leads to the next one that is not.
        """

    def sheets(self, sheets: str, path: str) -> tuple[bytes, Sequence[PageDiagnostic]]:
        """Print sheets of paper, for a file at this path; needs the browser.

        They are HTML with styles of its own. An element with `data-slide="N"` gets page N, counted from 0.
        `<span data-formula>` and `<p data-formula>` hold TeX, which is set as on the slides.
        """

    def pictures(
        self, scale: float = 1.0, slides: int | None = None, grounds: bool = False
    ) -> Iterator[bytes]:
        """Yield a PNG of each slide, or of so many; `scale` is its pixels per CSS pixel of the slide.

        `grounds`: without what `blocks` has found, of which it was asked before.
        """

    def contents(self, path: str) -> DeckContents:
        """Return what the slides say; their links lead from a file at this path. Needs the browser."""

    def blocks(self) -> Sequence[SlideBlocks]:
        """Return what can be taken out of each slide; needs the browser."""

    def fonts(self, folder: Path) -> Path:
        """Write the fonts of the slides into a folder; return a configuration of Fontconfig that has them."""

    def misfits(self) -> Sequence[SlideDiagnostic]:
        """Return what does not fit on the slides or in their boxes; needs the browser."""


@dataclass(frozen=True, slots=True)
class Lecture:
    """A deck, and what it shows, for formats that tell more of it than its slides as Marp draws them."""

    deck: Deck
    expanded: ExpandedDeck
    course: Course
    results: Mapping[str, Result]
    """By job."""
    pictures: Mapping[str, Artifact]
    """What is drawn, by path of the accepted picture."""
    files: Mapping[str, bytes] = field(default_factory=dict)
    """The files that the deck shows or links, by path in the project."""
    course_title: str = ""
    date: str = ""
    """The day of the project's last commit, such as 2026-03-01; empty where there is none."""
    address: str = ""
    """Where its page is published; empty where that is not known."""

    @property
    def name(self) -> str:
        """What its files are called."""
        return deck_name(self.deck.path)

    @property
    def slides(self) -> tuple[Slide, ...]:
        """The slide of each page: one with steps has several."""
        return built_slides(self.deck)

    @property
    def last_pages(self) -> tuple[int, ...]:
        """The last page of each slide, counted from 0."""
        return tuple({slide.number: page for page, slide in enumerate(self.slides)}.values())


@dataclass(frozen=True, slots=True)
class Made:
    """What a format consists of: its files by path below build/, the one to open first."""

    files: Mapping[str, bytes]
    pages: int = 0
    """How many pages it has, where it has pages."""
    diagnostics: Sequence[PageDiagnostic] = ()
    misfits: Sequence[SlideDiagnostic] = ()
    summary: str = ""
    """What the report says of it besides."""


@dataclass(frozen=True, slots=True)
class Format:
    """One kind of file that a build makes of each deck."""

    name: str
    """As `--to` names it."""
    files: Callable[[Lecture], Sequence[str]]
    """The paths below build/ of what is made of a lecture, the one to open first."""
    make: Callable[[DeckRendering, Lecture, FormatOptions], Made]
    suffix: str = ""
    """That of the file to open first, where it is not the format's name."""
    needs_browser: bool = True
    options: Sequence[str] = ()
    """The names of the options on which the content depends."""
    is_dated: bool = False
    """Whether it names the day of the last commit."""
    sources: Callable[[Lecture], Any] = lambda lecture: None
    """What it depends on besides the page, as JSON-like data."""
    packages: Sequence[str] = ()
    """The modules of other packages that it needs; the extra that installs them has the format's name."""
    require: Callable[[FormatOptions], None] = lambda options: None
    """Raises ToolMissing if it needs a program that is missing."""
