"""What a check looks at, and what it finds there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from deckwright.model.course import Course
from deckwright.model.diagnostic import Cause
from deckwright.model.page import BuiltDeck, Drawing
from deckwright.model.plan import Plan
from deckwright.model.result import FailureKind, Result


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
    INACCESSIBLE = "inaccessible"
    """What a screen reader cannot read out."""


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
    cause: Cause | None = None
    """What makes it on other slides, too, such as a rule of the theme."""


@dataclass(frozen=True, slots=True)
class SlideMeasurements:
    """What the browser found on the slides of one deck."""

    path: str
    diagnostics: tuple[SlideDiagnostic, ...] = ()
    pictures: Mapping[int, str] = field(default_factory=dict)
    """Slide as built -> a picture of it with the places marked, below build/."""


@dataclass(frozen=True, slots=True)
class PictureDifference:
    """How far a fresh picture is from the accepted one."""

    share: float
    """Of its pixels that differ visibly: 0.0 to 1.0."""
    message: str
    """In words, such as "312 of 480000 pixels differ" or "it was 480 by 320, now 640 by 480"."""
    picture: str = ""
    """Accepted, fresh and difference side by side, below build/."""


@dataclass(frozen=True, slots=True)
class StandaloneRun:
    """How a script went that was run as a student runs it: `python FILE`, elsewhere, by itself."""

    stdout: str
    stderr: str
    status: int
    """Exit status; negative for a signal."""
    seconds: float
    limit: FailureKind | None = None
    """The limit for which it was ended."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """The input of all checks."""

    course: Course
    plan: Plan
    results: Mapping[str, Result]
    built: tuple[BuiltDeck, ...] = ()
    """The decks of the course, in order; empty where a command stops before it renders."""
    drawings: Mapping[str, Drawing] = field(default_factory=dict)
    """By the path of the accepted picture."""
    measured: Mapping[str, SlideMeasurements] = field(default_factory=dict)
    """By deck."""
    compared: Mapping[str, PictureDifference] = field(default_factory=dict)
    """By picture in figures/; only those that are not byte for byte as accepted."""
    standalone: Mapping[str, StandaloneRun] = field(default_factory=dict)
    """By job; empty unless asked for."""
