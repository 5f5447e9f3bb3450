"""The report of a build or a check."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from deckwright.model.diagnostic import Diagnostic, has_errors
from deckwright.model.result import Failure


class Status(StrEnum):
    """How things stand with a job."""

    OK = "ok"
    FAILED = "failed"
    ABSENT = "absent"
    """It did not run: its device is absent."""
    SKIPPED = "skipped"
    """It did not run: it was not asked for."""


@dataclass(frozen=True, slots=True)
class JobReport:
    """One job: what it ran on, how it went, and why it ran or did not."""

    job: str
    """Its id."""
    script: str
    variant: str
    device: str
    status: Status
    seconds: float
    reason: str
    failure: Failure | None = None
    ran: bool = False
    """Whether it ran in this build."""


@dataclass(frozen=True, slots=True)
class DeckReport:
    path: str
    title: str
    slides: int
    references: Mapping[str, int]
    accepted: int = 0
    scripts: tuple[str, ...] = ()
    """Ids of the jobs whose code, output, figures or values it shows."""
    diagrams: tuple[str, ...] = ()
    """Paths of the diagrams that it shows as figures."""
    outputs: Mapping[str, str] = field(default_factory=dict)
    """The file to open of each format by name, below build/; empty for one that was not made."""
    markdown: str = ""
    """The expanded deck."""
    picture: str = ""
    """A picture of its first slide; empty where there is none."""

    @property
    def path_to_open(self) -> str:
        """The file of the first format that was made; empty if none was."""
        return next(filter(None, self.outputs.values()), "")


@dataclass(frozen=True, slots=True)
class Case:
    """One thing on a slide that is proved: a reference, or the slide as a whole."""

    deck: str
    slide: int
    name: str
    """Unique on its slide, such as `matmul.py#shapes` or `slide`."""
    line: int
    seconds: float = 0.0
    """How long its script ran."""
    diagnostics: tuple[Diagnostic, ...] = ()
    stopped: bool = False
    """Whether its deck was not built, so that nothing is proved."""

    @property
    def id(self) -> str:
        return f"{self.deck}::slide-{self.slide}::{self.name}"


@dataclass(frozen=True, slots=True)
class Report:
    """What a build did, and what earlier ones did for other decks: the content of report.json."""

    decks: tuple[DeckReport, ...] = ()
    jobs: tuple[JobReport, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    seconds: float = 0.0
    versions: Mapping[str, str] = field(default_factory=dict)
    cases: tuple[Case, ...] = ()
    """What a check proved, or not; empty after a build."""
    unproved: int = 0
    """Cases with an error, even if a baseline lets it pass, and those of decks that were not built."""
    known: int = 0
    """Faults that a baseline let pass."""
    fixed: int = 0
    """Faults that a baseline knows, and that are gone."""
    broken: tuple[str, ...] = ()
    """The paths of decks that were not built, for errors in what was read or when they were rendered."""

    @property
    def good(self) -> bool:
        return not has_errors(self.diagnostics)

    @property
    def stopped(self) -> bool:
        """Whether it ended at errors in what was read, so that nothing ran and nothing was proved."""
        return not (self.decks or self.good)

    @property
    def proved(self) -> int:
        """How many cases were proved."""
        return 0 if self.stopped else len(self.cases) - self.unproved

    @property
    def looked_at(self) -> frozenset[str]:
        """The decks, scripts and diagrams that it is about."""
        diagrams = (path for deck in self.decks for path in deck.diagrams)
        return frozenset(
            {*(deck.path for deck in self.decks), *self.broken, *(job.script for job in self.jobs), *diagrams}
        )


@dataclass(frozen=True, slots=True)
class Requirement:
    """One thing that a build needs, as `doctor` lists it."""

    name: str
    state: str
    ok: bool
    hint: str
    """What to do if it is not fulfilled, or empty."""
