"""Jobs, and what running them gives."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from enum import StrEnum
from typing import Any

from deckwright.frozen import dataclass


@dataclass(frozen=True, slots=True)
class Stamp:
    """What the file system says of a file: where two stamps are equal, the content is."""

    size_bytes: int
    modified_ns: int
    changed_ns: int
    """When its inode last changed: no program can set it back."""
    inode: int


NO_FILE = Stamp(0, 0, 0, 0)
"""In place of the stamp of a file that was not there."""

MADE_FILE = Stamp(-1, 0, 0, 0)
"""In place of the stamp of a file that was not there when the run looked, and that it then made."""


VARIABLE_MARK = "$"
"""Begins the name of an environment variable among the files that a run read: `$HOME`."""


KIND_MARK = "/."
"""Ends the name of a path of which a run only read what is there: a file, a folder, or a link and where it
leads."""


@dataclass(frozen=True, slots=True)
class Frame:
    """One line of a traceback, in the author's own files."""

    path: str
    line: int
    function: str
    code: str
    caret: str = ""
    """Spaces and carets below the code, as Python draws them."""


@dataclass(frozen=True, slots=True)
class Earlier:
    """An exception during whose handling another one was raised."""

    type: str
    message: str
    frames: tuple[Frame, ...]
    is_cause: bool
    """Whether the author says that it led to the other one: `raise … from error`."""


@dataclass(frozen=True, slots=True)
class Raised:
    """An exception as data."""

    type: str
    message: str
    frames: tuple[Frame, ...] = ()
    earlier: tuple[Earlier, ...] = ()
    """What led to it, the first one first."""


@dataclass(frozen=True, slots=True)
class ErrorKind:
    """What an exception is, wherever it was raised: enough to tell what its cause may be."""

    names: tuple[str, ...]
    """Its class and those from which it inherits, the nearest first, as `module.Name`."""
    message: str = ""
    errno: int | None = None
    """The number that the system gives to the error, if it comes from there."""
    file: str = ""
    """The file of which the system speaks; absolute where it lies outside of the project."""
    module: str = ""
    """The module whose code raised it."""


@dataclass(frozen=True, slots=True)
class Printed:
    """Text that was written to a standard stream. Raw: control characters included."""

    stream: str
    """`stdout` or `stderr`."""
    text: str


@dataclass(frozen=True, slots=True)
class Rich:
    """A displayed value, one text per media type (binary as base64)."""

    data: Mapping[str, str]
    type: str = ""
    """Its type in words, as in `DataFrame (pandas)`; empty for forms that a script gives itself."""
    flaw: str = ""
    """What is wrong with a method that gives one of its forms: "`__repr__` raised ValueError: no"."""


@dataclass(frozen=True, slots=True)
class Unshown:
    """What `python FILE` prints to stdout where a slide shows a displayed value."""

    text: str


Part = Printed | Rich | Unshown


@dataclass(frozen=True, slots=True)
class Output:
    """What one top-level statement printed and displayed, in that order."""

    parts: tuple[Part, ...] = ()
    raised: Raised | None = None
    """An exception that its cell asserts (`raises`)."""

    def printed(self, stream: str) -> str:
        """Return all that `python FILE` writes to a stream."""
        return "".join(_printed(part, stream) for part in self.parts)


def _printed(part: Part, stream: str) -> str:
    match part:
        case Printed(stream=written, text=text) if written == stream:
            return text
        case Unshown(text=text) if stream == "stdout":
            return text
    return ""


@dataclass(frozen=True, slots=True)
class Artifact:
    """A picture that a job left. `still` is the last frame of an animation (PNG)."""

    name: str
    data: bytes
    cell: int | None = None
    still: bytes | None = None
    after: int | None = None
    """Index of the statement after which it was saved; None: at the end of its cell or the script."""


@dataclass(frozen=True, slots=True)
class CutFigure:
    """A figure of which a part lies beyond the edges of its picture."""

    sides: Mapping[str, int]
    """Pixels that are lost, by side: left, right, top or bottom."""
    artifact: str = ""
    """Name of the picture; empty for one that a statement displays."""
    statement: int | None = None


@dataclass(frozen=True, slots=True)
class MissingGlyphs:
    """Letters of a figure that no font there has: it shows boxes in their place."""

    letters: str
    artifact: str = ""
    """Name of the picture; empty for one that a statement displays."""
    statement: int | None = None


class FailureKind(StrEnum):
    """Why a job has no good result."""

    RAISED = "raised"
    DID_NOT_RAISE = "did-not-raise"
    TIMEOUT = "timeout"
    MEMORY = "memory"
    OUTPUT = "output-limit"
    DISK = "disk-limit"
    PROCESSES = "processes"
    EXITED = "exited"
    KILLED = "killed"
    NO_FIGURE = "no-figure"
    UNREADABLE = "unreadable"
    LEFT_OUT = "left-out"
    """It stopped at the gap of an exercise; the message is what slides say in the place of other results."""
    REMOVED = "scratch-removed"
    """Files of the run are gone (`Result.lost_files`)."""


@dataclass(frozen=True, slots=True)
class RanksAt:
    """Where ranks were when their job was ended."""

    ranks: tuple[int, ...]
    statement: int | None = None
    """Index of the statement that ran; None if none had begun."""
    raised: Raised | None = None
    """The interrupt, with the lines that ran."""
    ended: bool = False
    """Whether they had run to their end by then."""


@dataclass(frozen=True, slots=True)
class Failure:
    """A job that went wrong; where, as far as it is known."""

    kind: FailureKind
    message: str
    statement: int | None = None
    """Index of the statement that ran when it went wrong."""
    raised: Raised | None = None
    errors: tuple[ErrorKind, ...] = ()
    """The exception with all that led to it or are in its group; or the one that a cell asserts in vain."""
    rank: int | None = None
    """Which of several ranks went wrong first."""
    ranks: tuple[RanksAt, ...] = ()
    """Where each of several ranks was when a limit ended them."""


@dataclass(frozen=True, slots=True)
class Result:
    """What one run of a job gave. Addressed by statement, so that comments may move its lines."""

    job: str
    device: str
    seconds: float
    outputs: tuple[Output, ...] = ()
    values: Mapping[str, Any] = field(default_factory=dict)
    """JSON-like top-level values by name: those that decks name, with nothing in them that decks do not."""
    artifacts: tuple[Artifact, ...] = ()
    drew: tuple[int, ...] = ()
    """Indices of the statements that opened a matplotlib figure."""
    cut: tuple[CutFigure, ...] = ()
    missing_glyphs: tuple[MissingGlyphs, ...] = ()
    fonts: Mapping[str, str] = field(default_factory=dict)
    """Version of each family of fonts that the run's figures need besides those that all have."""
    reads: Mapping[str, Stamp | None] = field(default_factory=dict)
    """The files that the run opened, imported or looked for, each as it was then (`NO_FILE`: it was not
    there; `MADE_FILE`: nor was it, but the run made it; None: the run changed it itself, so that what it
    left counts). A folder whose names it listed ends with a slash. Absolute paths where they lie outside."""
    modules: frozenset[str] = frozenset()
    """Those among them that it only imported: a comment in them changes nothing."""
    imports: tuple[str, ...] = ()
    """Top-level names of the installed modules that the run imported."""
    writes: frozenset[str] = frozenset()
    """The files that the run wrote, and the folders in which it did, named as in `reads`."""
    failure: Failure | None = None
    of_ranks: tuple[tuple[Output, ...], ...] = ()
    """The outputs of the other ranks, from rank 1 on."""
    unreached: tuple[int, ...] = ()
    """Indices of the statements that never began."""
    peak_bytes: int = 0
    card: Mapping[str, str] = field(default_factory=dict)
    """What the run itself says of the GPU that it used: its name, capability and cuDNN."""
    text: str = ""
    """Digest of the program's text, if the run looked at it or at line numbers in it: comments count then."""
    by_kernel: bool = False
    """Whether the kernel reported what the run read; audit hooks of Python may have missed some of it."""

    def outputs_of(self, rank: int) -> tuple[Output, ...]:
        """Return the outputs of a rank; none if there was no such rank."""
        return (self.outputs, *self.of_ranks)[rank] if rank <= len(self.of_ranks) else ()

    @property
    def lost_files(self) -> bool:
        """Whether files of the run are gone: then this says nothing of the script, which may run again."""
        return self.failure is not None and self.failure.kind is FailureKind.REMOVED
