"""What a command asks for."""

from __future__ import annotations

from deckwright.frozen import dataclass
from deckwright.model.job import Job
from deckwright.model.plan import Record, Step

EVERYTHING = "*"
"""The pattern of `--force` alone: it fits all scripts, and nothing that is remembered counts."""


LAYOUTS = ("notes", "lines", "2up", "4up", "6up")
"""What a page of a hand-out may show: a slide and its notes, slides beside lines, or only slides."""
PAPERS = ("A4", "Letter")


@dataclass(frozen=True, slots=True)
class Check:
    """How strictly to check what was built."""

    standalone: bool = False
    """Run every script as a student does, too."""
    allowed: tuple[str, ...] = ()
    """Slugs of what is only warned of."""
    baseline: bool = True
    """Let pass what the baseline knows."""


@dataclass(frozen=True, slots=True)
class Early:
    """What somebody who looks at the pages sees before all scripts have run."""

    seconds: float
    """Decks do not wait for scripts that take so long: accepted results are in the place of theirs."""
    waited: frozenset[str] = frozenset()
    """Jobs that take long whatever they took before: an earlier build waited for them."""
    first: tuple[str, ...] = ()
    """Files that were just saved, the last one first: what shows or reads them comes in this order."""
    viewed: str = ""
    """The deck whose page was opened last: it comes next."""
    begins: bool = False
    """Whether nobody has seen a build yet."""

    def is_long(self, step: Step) -> bool:
        """Whether a job takes that long, or for all we know may."""
        last = step.last_seconds
        return last is None or last >= self.seconds or step.job.id in self.waited

    def retries(self, job: Job, record: Record) -> bool:
        """Whether a job runs again that failed for a reason that may be gone.

        One that takes long would run at every save: it waits for one of its own.
        """
        is_saved = job.script in self.first or any(path in record.reads for path in self.first)
        return self.begins or record.seconds < self.seconds or is_saved


@dataclass(frozen=True, slots=True)
class FormatOptions:
    """How files are made of a deck. What is empty or 0 is as the settings say."""

    notes: bool = False
    """Put speaker notes where a format has a place for them."""
    scale: float = 0.0
    """How large pictures of slides are, in pixels per CSS pixel."""
    steps: str = ""
    """Which pages of a slide with steps are printed: `all`, or the `last` one."""
    states: str = ""
    """What is printed of a slide with controls: the `accepted` state, or behind it a `strip` of all."""
    layout: str = ""
    """What is on a page of a hand-out: one of LAYOUTS."""
    paper: str = ""
    """How large it is: one of PAPERS."""
    editable: bool = False
    """Make texts and pictures of a PPTX shapes where they look like the slide."""


@dataclass(frozen=True, slots=True)
class Request:
    """What a command asks a build for."""

    decks: tuple[str, ...] = ()
    """As they were named; empty for all."""
    formats: tuple[str, ...] = ()
    """What to make of each deck; empty for what the settings say."""
    options: FormatOptions = FormatOptions()
    """How to make it."""
    force: str = ""
    """Scripts that run whatever is known of them, as a pattern or a deck; empty for none. With EVERYTHING,
    pages, drawings and what a check looks at are made anew, too."""
    only: tuple[str, ...] = ()
    """The only scripts that may run, as patterns or decks; empty for all."""
    early: Early | None = None
    """What is made before all scripts have run; None for the decks whose own scripts have."""
    check: Check | None = None
    """How to check what was built; None for not at all."""
    smoke: bool = False
    """Whether scripts that have small values run with them."""

    @property
    def tries_again(self) -> bool:
        """Whether what failed for a reason that may be gone is tried again, however long it takes."""
        return self.early is None or self.early.begins

    @property
    def trusts_records(self) -> bool:
        """Whether what earlier builds made and saw counts."""
        return self.force != EVERYTHING
