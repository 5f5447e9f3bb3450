"""Decks with everything put in, and what Marp makes of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from pathlib import Path
from typing import Any

from deckwright.frozen import dataclass
from deckwright.model.control import Control, SlideState, states_of
from deckwright.model.deck import Deck, DiagramSource, Reference
from deckwright.model.diagnostic import Cause, Diagnostic, Severity
from deckwright.model.measurement import SlideDiagnostic

LEAST_TEXT = 16
"""Pixels that text needs on a slide that is 720 pixels high, unless the author wants another size."""


@dataclass(frozen=True, slots=True)
class Dialect:
    """What the author's settings for Marp change in where slides and fences are."""

    html: bool = True
    """Whether what looks like HTML ever is."""
    math: bool = True
    heading_divider: str | tuple[str, ...] = ""
    """As the directive has it, for decks that have none."""
    cjk_emphasis: bool = False


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart that an output displays."""

    kind: str
    """`plotly` or `vega-lite`: what draws it."""
    specification: str
    """JSON, with nothing in it that would run or load something."""
    alt: str


@dataclass(frozen=True, slots=True)
class ExpandedDeck:
    """A deck with everything put in: itself a valid Marp deck."""

    path: str
    """The deck's source path."""
    text: str
    lines: tuple[int, ...]
    """For each line of the text, the line of the source that it comes from."""
    accepted: tuple[Reference, ...] = ()
    """References that show accepted results because their device is absent."""
    replaced: tuple[Reference, ...] = ()
    """References that show an error, or a note that there is nothing, in place of a result."""
    diagnostics: tuple[Diagnostic, ...] = ()
    pictures: Mapping[str, bytes] = field(default_factory=dict)
    """The pictures that its outputs display, by path in the project."""
    charts: tuple[Chart, ...] = ()
    """Those that its outputs display: a comment in the text names each by its place here."""
    states: ExpandedDeck | None = None
    """The deck with each slide that has controls in all of its states; None if no slide has some."""
    controlled: tuple[ControlledPage, ...] = ()
    """The pages that have these states, in order."""


@dataclass(frozen=True, slots=True)
class ControlledPage:
    """A page of a deck with what-if controls, and where its states are. Pages are counted from 0."""

    page: int
    """Among the pages of the deck: a slide with steps has several."""
    slide: int
    """The number of its slide."""
    controls: tuple[Control, ...]
    first: int
    """The page of its first state in the deck with all states; the others follow."""
    lacking: tuple[int, ...] = ()
    """The numbers of the states that show an error or a note in the place of a result."""

    @property
    def states(self) -> tuple[SlideState, ...]:
        return tuple(states_of(self.controls))


@dataclass(frozen=True, slots=True)
class Caption:
    """What stands above code: the name of its script, and where that leads."""

    text: str
    address: str = ""
    """Of the file, or of a page about it; empty for none. A relative one leads from the page."""
    colab: str = ""
    """Where its notebook runs; empty for nowhere."""


@dataclass(frozen=True, slots=True)
class FontPackage:
    """A package of the registry that a web font could come from."""

    version: str = ""
    folder: Path | None = None
    """Where it is; None if it could not be fetched."""
    exists: bool = True
    """False if the registry has none of this name."""


@dataclass(frozen=True, slots=True)
class RenderRequest:
    """One expanded deck to be rendered. Paths are absolute."""

    path: str
    """The deck's source path."""
    build: Path
    """The folder into which a build writes."""
    source: Path
    """The expanded deck: relative paths in it count from here."""
    folders: tuple[Path, ...] = ()
    """The real paths of the folders of which the page may get files, besides `build`."""
    origin: Path | None = None
    """The folder of the author's deck: there is no copy in `build` of what lies outside of the project."""
    themes: tuple[Path, ...] = ()
    stills: Mapping[str, Path] = field(default_factory=dict)
    """For each animation, as the deck names it, the picture that takes its place where nothing moves."""
    decks: frozenset[Path] = frozenset()
    """Those that it links, beside `source`: they have pages of their own."""
    diagrams: Mapping[int, DiagramSource] = field(default_factory=dict)
    """What is drawn in place of fences, by the line of the expanded deck in which each opens."""
    outputs: tuple[tuple[int, int], ...] = ()
    """First and last line of each place of the expanded deck where an output is."""
    charts: tuple[Chart, ...] = ()
    """Those that the deck names."""
    captions: Mapping[int, Caption] = field(default_factory=dict)
    """By the line of the expanded deck in which the fence opens."""
    settings: Mapping[str, Any] = field(default_factory=dict)
    """What marp-cli's configuration file would say: html, options, theme, ..."""
    named: Mapping[Path, str] = field(default_factory=dict)
    """The names of those themes whose text has none."""
    cjk_emphasis: bool = False
    """Let `**` beside full-width punctuation begin and end emphasis."""
    least_text: int = LEAST_TEXT
    """What a check calls too small: less than so many pixels of a slide that is 720 pixels high."""
    web_fonts: Mapping[str, FontPackage] = field(default_factory=dict)
    """What there is of the packages with the fonts that the deck and its themes want of the network."""
    states: RenderRequest | None = None
    """The deck with the states of its slides; None if no slide has a control."""
    controlled: tuple[ControlledPage, ...] = ()
    """The pages that have states."""
    shown: tuple[int, ...] | None = None
    """Of a deck with the states of another one: which pages are shown, counted from 0. Otherwise None."""
    state_lines: tuple[int, ...] = ()
    """For each line of the deck with the states, one of this deck from the same line of the source."""


WITHOUT_NETWORK = frozenset({"font-not-fetched", "web-font-not-fetched"})
"""Slugs of what the next build may have, if there is a network by then."""

PASSING = WITHOUT_NETWORK | {"chart-interrupted"}
"""Slugs of what a page may lack no more when it is made again, though nothing changes that it is made of."""


@dataclass(frozen=True, slots=True)
class PageDiagnostic:
    """What Marp, the browser or the embedding of files noticed about a page."""

    slug: str
    message: str
    """What is wrong."""
    address: str = ""
    """What the deck or its theme names, as it stands there."""
    line: int = 0
    """Line of the expanded deck; 0 where it is not known."""
    severity: Severity = Severity.WARNING
    cause: Cause | None = None
    """What makes it at other places, too, where the address does not say."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """What became of a diagram that has a file of its own."""

    picture: str = ""
    """The picture (SVG); empty for a diagram that was not drawn."""
    slug: str = ""
    """Of what is wrong."""
    message: str = ""
    line: int = 0
    """Of the file; 0 where it is not known."""


@dataclass(frozen=True, slots=True)
class FormatOutput:
    """A deck in one format, as it was made. Paths are below build/."""

    key: str
    """Digest of what it depends on besides the deck's page."""
    files: Mapping[str, str]
    """Digest of each file, the one to open first."""
    page: str = ""
    """The key of the page of which it was made; empty if an older version made it."""
    pages: int = 0
    """How many pages it has; 0 where it has none."""
    diagnostics: tuple[PageDiagnostic, ...] = ()
    misfits: tuple[SlideDiagnostic, ...] = ()
    """What does not fit, where the browser showed the slides."""
    summary: str = ""
    """What the report says of it besides."""

    @property
    def path(self) -> str:
        """The file to open."""
        return next(iter(self.files))


@dataclass(frozen=True, slots=True)
class RenderedDeck:
    """What Marp made of an expanded deck."""

    path: str
    slides: int = 0
    outputs: Mapping[str, FormatOutput] = field(default_factory=dict)
    """By the format's name."""
    diagnostics: tuple[PageDiagnostic, ...] = ()
    misfits: tuple[SlideDiagnostic, ...] = ()
    """What does not fit, where the browser showed the slides."""


@dataclass(frozen=True, slots=True)
class BuiltDeck:
    """A deck as it was written, with everything put in, and rendered."""

    deck: Deck
    expanded: ExpandedDeck
    rendered: RenderedDeck
