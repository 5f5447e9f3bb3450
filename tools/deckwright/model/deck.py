"""Decks as they are read: slides, and the references on them."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from dataclasses import field, replace
from enum import StrEnum
from typing import Any

from deckwright.frozen import dataclass
from deckwright.model.diagnostic import Acceptance, Diagnostic, Location
from deckwright.model.script import Script, Variant

LONGEST_TITLE = 60
"""Messages cut a longer one."""


class Kind(StrEnum):
    CODE = "code"
    OUTPUT = "output"
    FIGURE = "figure"
    VALUE = "value"
    EXEC = "exec"
    UNVERIFIED = "unverified"
    NOT_RUN = "not-run"
    """Code that does not run, with a reason (`no-exec`)."""

    @property
    def never_runs(self) -> bool:
        """Whether it is code of the deck that is no part of a program."""
        return self in (Kind.UNVERIFIED, Kind.NOT_RUN)


class ValuePlace(StrEnum):
    """Where a value stands, which decides how its text is written."""

    TEXT = "text"
    """Markdown of a slide."""
    BAR = "bar"
    """A header or a footer: Markdown in YAML."""
    PROPERTY = "property"
    """A text in YAML, such as the title."""
    NOTE = "note"
    """A comment: notes for the speaker."""
    ALT = "alt"
    """The alternative text of a picture."""
    HTML = "html"
    """Raw HTML: a text or an attribute."""


@dataclass(frozen=True, slots=True)
class RegionOf:
    """A region or cell of a script."""

    path: str
    name: str
    """Empty for the whole script."""


@dataclass(frozen=True, slots=True)
class ValueOf:
    """A value of a script: a top-level name, and perhaps a path into it (`name.key`, `name[0]`)."""

    path: str
    expression: str

    @property
    def name(self) -> str:
        return self.expression


@dataclass(frozen=True, slots=True)
class FenceOf:
    """A Python fence of a deck."""

    path: str
    line: int
    """The first of its body."""

    @property
    def name(self) -> str:
        return str(self.line)


@dataclass(frozen=True, slots=True)
class PictureAt:
    """A picture in a folder for figures."""

    path: str
    """Of the accepted picture; that of a variant has its name: `softmax@cuda.svg`."""
    source: str
    """The path as the deck writes it."""

    @property
    def name(self) -> str:
        return ""


Target = RegionOf | ValueOf | FenceOf | PictureAt
"""What a reference shows: a file, and what of it, which has a `name` behind the path."""


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
    ignore: str = ""
    """A regular expression: lines of an output in which it is found are not compared."""
    hide: bool = False
    """Whether an `exec` fence is only run."""
    alt: str = ""
    """What is said of a diagram, or of the pictures and charts of an output."""
    no_caption: bool = False
    """Whether code has no caption, although the settings want them."""
    no_draw: bool = False
    """Whether a diagram is shown as its code."""
    flipbook: bool = False
    """Whether outputs and figures of its code show at each step what existed after it."""
    rank: int = 0
    """Of a script that runs as several processes, the one whose output is shown."""


@dataclass(frozen=True, slots=True)
class Attribute:
    """One attribute of a fence: its key, its value (None for a bare word), and where it stands."""

    key: str
    value: str | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class AttributeDiagnostic:
    """Something wrong with an attribute: slug, message, hint and place in the info string."""

    slug: str
    message: str
    start: int
    end: int
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Info:
    """An info string. `display`, `variant`, `vary` and `diagnostics` count only for fences that are ours."""

    language: str
    attributes: Mapping[str, Attribute]
    display: Display
    variant: Variant
    vary: tuple[str, ...]
    diagnostics: tuple[AttributeDiagnostic, ...]

    def value(self, key: str) -> str | None:
        attribute = self.attributes.get(key)
        return attribute.value if attribute else None


@dataclass(frozen=True, slots=True)
class Version:
    """What takes the place of code, or of its output, at a later step."""

    target: RegionOf
    location: Location


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
    """What stands behind the marker, as it is written."""
    format: str = ""
    """A value's format, such as "{:.1%}"."""
    place: ValuePlace = ValuePlace.TEXT
    """Where a value stands."""
    display: Display = Display()
    variant: Variant = Variant()
    """The variant of the script whose result is shown."""
    vary: tuple[str, ...] = ()
    """Names of the script to which a reader of the slide may give other values."""
    then: tuple[Version, ...] = ()

    @property
    def versions(self) -> tuple[Reference, ...]:
        """Return it as it is at first, and what takes its place later: of that, no text is accepted."""
        if not self.then:
            return (self,)
        display = replace(self.display, highlight=(), lines="", flipbook=False)
        later = replace(self, body="", display=display, then=())
        others = (replace(later, target=each.target, location=each.location) for each in self.then)
        return (replace(self, then=()), *others)


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
class Fence:
    """A fence as it stands in the deck, whatever it holds."""

    line: int
    """Of its opening."""
    end: int
    """Its last line."""
    marker: str
    info: Info
    info_text: str
    """What stands behind the marker, without space around it."""
    info_start: int
    """Offset of that."""
    body: str
    body_start: int
    """Offset of the line below the opening."""
    prefix: str
    """What stands before each of its lines, inside a list or a quote."""
    slide: Slide

    @property
    def first(self) -> int:
        """The first line of the body."""
        return self.line + 1

    @property
    def code(self) -> str:
        """The body without its last line end."""
        return self.body.rstrip("\n")


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture: its address, and where that and its text alternative stand (offsets in the deck)."""

    address: str
    start: int
    end: int
    slide: Slide
    is_remote: bool
    """Whether it comes from the network."""
    alt: str = ""
    """What is said of it, Marp's instructions left out."""
    alt_at: int | None = None
    """Where a text alternative can be put; None where none is wanted (a background) or it is there."""
    html: bool = False
    gap: str = ""
    """What must stand before it."""


@dataclass(frozen=True, slots=True)
class DiagramSource:
    """The text of a diagram that is drawn."""

    language: str
    """mermaid or dot."""
    text: str
    alt: str = ""
    """What is said of the picture; empty where nothing is."""
    path: str = ""
    """The file that holds the text; empty for the body of a fence."""


@dataclass(frozen=True, slots=True)
class Diagram:
    """A fence that is shown as the diagram that it holds or quotes."""

    fence: Fence
    source: DiagramSource


@dataclass(frozen=True, slots=True)
class Prose:
    """Some words, plain or as code, and the part of the deck in which they stand (offsets)."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Note:
    """The part of a deck that is a comment for the speaker (offsets)."""

    start: int
    end: int


def deck_number(path: str) -> str:
    """Return the number with which the name of a deck's file begins; empty if there is none."""
    name = posixpath.basename(path)
    return name[: len(name) - len(name.lstrip("0123456789"))]


@dataclass(frozen=True, slots=True)
class Deck:
    """A parsed Marp deck."""

    path: str
    text: str
    title: str
    slides: tuple[Slide, ...]
    references: tuple[Reference, ...]
    description: str = ""
    """What its front matter says that it is about."""
    fences: tuple[Fence, ...] = ()
    """All of them, also those that are no references."""
    pictures: tuple[Picture, ...] = ()
    diagrams: tuple[Diagram, ...] = ()
    prose: tuple[Prose, ...] = ()
    """What is read on the slides, outside of fences."""
    notes: tuple[Note, ...] = ()
    program: Script | None = None
    """Its `exec` fences as one script whose line numbers are the deck's."""
    files: tuple[str, ...] = ()
    """Local files that it shows or links: shipped with the deck."""
    front_matter: Mapping[str, Any] = field(default_factory=dict)
    acceptances: tuple[Acceptance, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()

    def slide_of(self, diagnostic: Diagnostic) -> int:
        """Return the slide that a diagnostic is about; the front matter belongs to the first one."""
        line = diagnostic.location.line
        return diagnostic.slide or max((each.number for each in self.slides if each.line <= line), default=1)
