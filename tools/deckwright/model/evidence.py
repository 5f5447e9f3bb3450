"""What a check looks at, and what it finds there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from enum import StrEnum

from deckwright.frozen import dataclass
from deckwright.model.course import Course
from deckwright.model.measurement import SlideMeasurements, SlidePictures
from deckwright.model.page import BuiltDeck, Drawing
from deckwright.model.plan import Plan
from deckwright.model.result import FailureKind, Result


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
class Chance:
    """What is left to chance in a run of Python, and is fixed here so that each check says the same."""

    hashes: int = 1
    """Seed of the hashes of texts: it decides the order of sets."""
    seed: int | None = None
    """Seed of generators that a script does not seed; None to let them seed themselves."""


class Varies(StrEnum):
    """Why a script prints something else when it runs alone, if that is left to chance."""

    ORDER = "order"
    """The order of a set."""
    GENERATOR = "generator"
    """A generator that the script does not seed; a build does."""
    BOTH = "both"
    """The order of a set, and such a generator."""
    ALWAYS = "always"
    """Something that differs in every run, whatever is fixed."""


@dataclass(frozen=True, slots=True)
class StandaloneRun:
    """How a script went that a student runs: by `python FILE` or `torchrun`, elsewhere, by itself."""

    stdout: str
    stderr: str
    status: int
    """Exit status; negative for a signal."""
    seconds: float
    limit: FailureKind | None = None
    """The limit for which it was ended."""
    varies: Varies | None = None
    """Why it printed something else, where chance is the reason."""
    of_ranks: tuple[str, ...] = ()
    """What the other ranks of a script printed that runs as several processes, from rank 1 on."""

    def stdout_of(self, rank: int) -> str:
        return (self.stdout, *self.of_ranks)[rank] if rank <= len(self.of_ranks) else ""


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
    marked: Mapping[str, SlidePictures] = field(default_factory=dict)
    """By deck: slides where something is wrong that the browser did not measure."""
    compared: Mapping[str, PictureDifference] = field(default_factory=dict)
    """By picture in figures/; only those that are not byte for byte as accepted."""
    standalone: Mapping[str, StandaloneRun] = field(default_factory=dict)
    """By job; empty unless asked for."""
    secrets: Mapping[str, str] = field(default_factory=dict, repr=False)
    """Values of environment variables that no output should hold, by name."""
