"""The event log of a job: one JSON object per line, readable however the process ended.

A line without its newline was cut off and does not count. A journal without `Ended` belongs to a job
that did not finish.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from typing import Any

from deckwright.child.task import JOURNAL
from deckwright.model import CutFigure, Failure, MissingGlyphs, Raised

_encode = json.JSONEncoder(default=asdict).encode
_APPEND = os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC


@dataclass(frozen=True, slots=True)
class Started:
    """The process is ready to run the script."""

    peak_bytes: int
    """The most memory that it has held until then."""


@dataclass(frozen=True, slots=True)
class Written:
    """How much the script has written to both standard streams."""

    stdout_bytes: int
    stderr_bytes: int


@dataclass(frozen=True, slots=True)
class StatementBegan(Written):
    """A top-level statement is about to run."""

    statement: int


@dataclass(frozen=True, slots=True)
class StreamChanged(Written):
    """The script begins to write to the other standard stream."""


@dataclass(frozen=True, slots=True)
class Displayed(Written):
    """A value is displayed: that of a cell's last expression, or one given to `display`."""

    file: str
    """The file that holds it as it is in the end; empty for one that replaces another, or shows nothing."""
    printed: str = ""
    """What Python prints in its place where no notebook shows it."""


@dataclass(frozen=True, slots=True)
class Cleared(Written):
    """What the cell has shown so far is removed."""

    wait: bool
    """Only when it shows something else."""


@dataclass(frozen=True, slots=True)
class InputAwaited(Written):
    """The script waits for a line that somebody types. What it printed last asks for it."""


@dataclass(frozen=True, slots=True)
class StandsStill:
    """The statements have run, and the process waits for blocks that go on from there."""


@dataclass(frozen=True, slots=True)
class CannotFork:
    """The statements have run, but a copy of the process would not work."""

    reason: str


@dataclass(frozen=True, slots=True)
class RaisedAsAsserted:
    """A statement raised what the `raises` of its cell names."""

    statement: int
    raised: Raised


@dataclass(frozen=True, slots=True)
class ArtifactSaved:
    """A picture is in the scratch folder."""

    name: str
    cell: int | None
    file: str
    still: str = ""
    """File with the last frame of an animation."""
    after: int | None = None
    """The statement after which it was saved; None at the end of its cell or the script."""


@dataclass(frozen=True, slots=True)
class FigureOpened:
    """A statement opened a matplotlib figure."""

    statement: int


@dataclass(frozen=True, slots=True)
class FigureWasCut:
    """A picture that was saved or displayed lacks a part of its figure."""

    figure: CutFigure


@dataclass(frozen=True, slots=True)
class GlyphsWereMissing:
    """A picture that was saved or displayed has letters that no font has."""

    glyphs: MissingGlyphs


@dataclass(frozen=True, slots=True)
class Failed:
    """The job failed; it may go on. The first failure of a job counts."""

    failure: Failure
    at: float = field(default=0.0, compare=False)
    """When, on a clock that all processes share: of several ranks, the first one is the cause."""


@dataclass(frozen=True, slots=True)
class RankEnded:
    """The process of a rank has ended, by itself or by somebody else than us."""

    rank: int
    status: int
    """Wait status."""


@dataclass(frozen=True, slots=True)
class Ended:
    """The script has run to its end, or to the exception that ended it."""

    seconds: float
    values: Mapping[str, Any]
    peak_bytes: int
    card: Mapping[str, str] = field(default_factory=dict)
    """What torch says of the GPU that it has used."""


Event = (
    Started
    | StatementBegan
    | StreamChanged
    | Displayed
    | Cleared
    | InputAwaited
    | StandsStill
    | CannotFork
    | RaisedAsAsserted
    | ArtifactSaved
    | FigureOpened
    | FigureWasCut
    | GlyphsWereMissing
    | Failed
    | RankEnded
    | Ended
)


class Journal:
    """Writes events; silent in processes that the job itself forks."""

    def __init__(self, folder: str) -> None:
        self._file = os.open(os.path.join(folder, JOURNAL), _APPEND, 0o600)
        self._owner = os.getpid()
        self.failed = False

    @property
    def owned(self) -> bool:
        """Whether this process is the job itself, not one that it forked."""
        return os.getpid() == self._owner

    def write(self, event: Event) -> None:
        if self.owned:
            values = {each.name: getattr(event, each.name) for each in fields(event)}
            line = _encode({"event": type(event).__name__, **values})
            os.write(self._file, f"{line}\n".encode("ascii"))

    def fail(self, failure: Failure) -> None:
        """Write that the job failed, unless it has failed already."""
        if not self.failed:
            self.failed = True
            self.write(Failed(failure, time.monotonic()))
