"""Steps of progress, as a command shows them.

`--json` prints the name of the class and what it holds; what has a default only where it is something else.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from deckwright.frozen import dataclass
from deckwright.model.diagnostic import Diagnostic, Group
from deckwright.model.report import Status
from deckwright.model.result import FailureKind

OnText = Callable[[str, bytes], None]
"""Takes what a job writes as it comes: `stdout`, `stderr` or `display`, and a piece of it."""


OnStart = Callable[[str, float], None]
"""Takes a job's id when it starts, and for how many seconds it has been running since an earlier build."""


OnCell = Callable[[str, int], None]
"""Takes a job's id and the index of its cell that begins."""


@dataclass(frozen=True, slots=True)
class Event:
    """One step of progress."""


@dataclass(frozen=True, slots=True)
class _About(Event):
    subject: str
    """The script or the deck."""


@dataclass(frozen=True, slots=True)
class Stage(Event):
    """A stage of the build begins; it lasts until the next one does."""

    name: str


@dataclass(frozen=True, slots=True)
class Installing(Event):
    """Tools are missing, and are downloaded now."""

    tools: str
    """In words."""


@dataclass(frozen=True, slots=True)
class Planned(Event):
    """It is decided what will run."""

    steps: int
    stale: int
    last: Mapping[str, float | None]
    """What is stale, in the order in which it will start, and how many seconds it took last time."""
    again: bool = False
    """Whether these ran before in this build, and read what others wrote later."""


@dataclass(frozen=True, slots=True)
class Started(_About):
    """A script runs."""

    last_seconds: float | None
    device: str
    seconds: float = 0.0
    """How long it has been running: an earlier build may have started it."""


@dataclass(frozen=True, slots=True)
class Finished(_About):
    """A script came to its end."""

    status: Status | FailureKind
    """`Status.OK`, or how it failed."""
    seconds: float


@dataclass(frozen=True, slots=True)
class Rendering(_About):
    """Marp makes a deck's pages."""


@dataclass(frozen=True, slots=True)
class Rendered(_About):
    slides: int
    pages: int
    """Of the PDF; 0 without one."""
    seconds: float


@dataclass(frozen=True, slots=True)
class Measuring(_About):
    """The browser looks at a deck's slides."""


@dataclass(frozen=True, slots=True)
class Measured(_About):
    diagnostics: int


@dataclass(frozen=True, slots=True)
class Trying(_About):
    """A script runs alone, or the program of a plain deck runs."""

    part: str = ""
    """The fence of the deck that runs, in words."""


@dataclass(frozen=True, slots=True)
class Tried(_About):
    """A script ran alone."""

    status: int
    """Its exit status."""
    seconds: float


@dataclass(frozen=True, slots=True)
class TrialFinished(_About):
    """What is left of a plain deck's program runs."""

    runs: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Known(Event):
    """What is known to be wrong while scripts still run: the errors of what was read, and of what has run.

    Only for somebody who looks at the pages (`Request.early`): a build says it at its end.
    """

    errors: Sequence[Diagnostic]


@dataclass(frozen=True, slots=True)
class Found(Event):
    """Something is wrong, at one place or at several."""

    group: Group


@dataclass(frozen=True, slots=True)
class Done(Event):
    """The build is over."""

    good: bool
    seconds: float
