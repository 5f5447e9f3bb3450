"""What the browser measures on rendered slides."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from enum import StrEnum

from deckwright.frozen import dataclass


class SlideSlug(StrEnum):
    """What can be wrong with a slide that is looked at; each is the slug of a message, too."""

    OVERFLOW = "overflow"
    CLIPPED = "clipped"
    """A box inside the slide holds more than it shows; code lines that are cut at the right edge."""
    TOO_WIDE = "too-wide"
    """A formula or a table reaches beyond what holds it."""
    COVERED = "covered"
    """Text under the footer, the header or the page number."""
    TOO_SMALL = "too-small"
    """A picture or text is shrunk below what can be read."""
    LOW_CONTRAST = "low-contrast"
    MISSING_GLYPH = "missing-glyph"
    """Letters that no font of the slides has."""
    INACCESSIBLE = "inaccessible"
    """What a screen reader cannot read out."""


@dataclass(frozen=True, slots=True)
class Ground:
    """What is behind a text."""

    colour: str
    least: float
    """The contrast to it that the text needs."""


@dataclass(frozen=True, slots=True)
class ColourRule:
    """A rule of a style sheet that gives texts their colour."""

    theme: str
    """The theme of the slide."""
    selector: str
    """As an author would write it: `.hljs-comment`."""
    colour: str
    grounds: tuple[Ground, ...]
    """What is behind the texts of this colour in the deck."""
    important: bool = False


@dataclass(frozen=True, slots=True)
class SlideDiagnostic:
    """One thing on a rendered slide that a reader would stumble over, as the browser measured it."""

    kind: SlideSlug
    slide: int
    """Number of the slide as built."""
    line: int
    """Line of the expanded deck from which the element comes; 0 where it is not known."""
    message: str
    text: str = ""
    """The beginning of what stands there."""
    pixels: float = 0.0
    """By how much it is too large, or how far it reaches where it should not."""
    element: str = ""
    """What it is about: `picture`, `table`, `code`, `output`, ..."""
    rule: ColourRule | None = None
    """What gives a pale text its colour, unless it has its own."""


@dataclass(frozen=True, slots=True)
class SlideMeasurements:
    """What the browser found on the slides of one deck."""

    path: str
    diagnostics: tuple[SlideDiagnostic, ...] = ()
    pictures: Mapping[int, str] = field(default_factory=dict)
    """Slide as built -> a picture of it with the places marked, below build/."""
    broken: Mapping[str, str] = field(default_factory=dict)
    """What is wrong with pictures that the browser cannot show, by address as written."""
    clean: frozenset[str] = frozenset()
    """Digests of the slides on which nothing was found, with all that shapes them."""


@dataclass(frozen=True, slots=True)
class CleanSlides:
    """The slides of a deck on which the last check has found nothing."""

    digests: frozenset[str]


@dataclass(frozen=True, slots=True)
class Place:
    """A place on a slide that a picture of it marks."""

    kind: str
    """What the mark says."""
    slide: int
    """Number of the slide as built."""
    line: int
    """Line of the expanded deck from which the element comes."""


@dataclass(frozen=True, slots=True)
class SlidePictures:
    """Pictures of slides of one deck, with places marked."""

    path: str
    pictures: Mapping[int, str] = field(default_factory=dict)
    """Slide as built -> its picture, below build/."""
