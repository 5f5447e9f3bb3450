"""The report of a build or a check."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from enum import StrEnum

from deckwright.frozen import dataclass
from deckwright.model.deck import deck_number
from deckwright.model.diagnostic import Accepted, Diagnostic, has_errors
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
    card: Mapping[str, str] = field(default_factory=dict)
    """As `Result.card`."""
    outside: str = ""
    """What the cause of its failure may be, if it may lie outside of the script."""


@dataclass(frozen=True, slots=True)
class DeckReport:
    path: str
    title: str
    slides: int
    references: Mapping[str, int]
    description: str = ""
    """What it teaches, in the words of its front matter."""
    accepted: int = 0
    scripts: tuple[str, ...] = ()
    """Ids of the jobs whose code, output, figures or values it shows."""
    diagrams: tuple[str, ...] = ()
    """Paths of the diagrams that it shows as figures."""
    outputs: Mapping[str, str] = field(default_factory=dict)
    """The file to open of each format by name, below build/; empty for one that was not made."""
    files: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """All files of each format that was made."""
    summaries: Mapping[str, str] = field(default_factory=dict)
    """What is to be said of some of these files, by format."""
    markdown: str = ""
    """The expanded deck."""
    picture: str = ""
    """A picture of its first slide; empty where there is none."""

    @property
    def number(self) -> str:
        """The number with which the name of its file begins; empty if there is none."""
        return deck_number(self.path)

    @property
    def path_to_open(self) -> str:
        """The file of the first format that was made; empty if none was."""
        return next(filter(None, self.outputs.values()), "")


class CaseState(StrEnum):
    """What a check says of a case."""

    PROVED = "proved"
    FAILED = "failed"
    ACCEPTED = "accepted"
    """It has errors, and the author accepts them at their place."""
    KNOWN = "known"
    """It has errors, and the baseline lets them pass."""
    ALLOWED = "allowed"
    """It has errors that are only warned of."""
    SMOKE = "smoke run"
    """It ran with small values, so that its results were not compared."""
    NOT_RUN = "not run"
    """Nothing of it ran here, for a reason that is known."""
    SKIPPED = "skipped"
    """Nothing ran at all: the sources have errors."""


@dataclass(frozen=True, slots=True)
class Case:
    """One thing on a slide that is to be proved: a reference, or the slide as a whole."""

    deck: str
    slide: int
    name: str
    """Unique on its slide, such as `matmul.py#shapes` or `slide`."""
    line: int
    seconds: float = 0.0
    """How long its script ran."""
    diagnostics: tuple[Diagnostic, ...] = ()
    """What counts: not what is accepted or known."""
    state: CaseState = CaseState.PROVED
    reason: str = ""
    """Why it is neither proved nor failed."""

    @property
    def id(self) -> str:
        return f"{self.deck}::slide-{self.slide}::{self.name}"

    @property
    def excuse(self) -> str:
        """Why it is neither proved nor failed, in words."""
        return self.reason if self.state is CaseState.SKIPPED else f"{self.state}: {self.reason}"


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
    accepted: tuple[Accepted, ...] = ()
    """What authors accept at its place."""
    known: int = 0
    """Faults that a baseline let pass."""
    fixed: int = 0
    """Faults that a baseline knows, and that are gone."""
    title: str = ""
    """The course's, as the settings have it."""
    broken: tuple[str, ...] = ()
    """The paths of decks that were not built, for errors in what was read or when they were rendered."""
    smoke: tuple[str, ...] = ()
    """The jobs that had small values, as a smoke run gives them."""

    @property
    def good(self) -> bool:
        return not has_errors(self.diagnostics)

    @property
    def stopped(self) -> bool:
        """Whether it ended at errors in what was read, so that nothing ran and nothing was proved."""
        return not (self.decks or self.good)

    def count(self, state: CaseState) -> int:
        """Return how many cases are in a state."""
        return sum(case.state is state for case in self.cases)

    @property
    def proved(self) -> int:
        """How many cases were proved."""
        return self.count(CaseState.PROVED)

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
