"""The values that flow through a build, in the order in which they arise.

text -> `Deck` (`Reference`s) and `Script`s -> `Job`s -> `Plan` -> `Result`s -> `ExpandedDeck`
-> `RenderedDeck` -> `Report`. All are frozen; none does anything.

Paths are POSIX and relative to the project's root unless a name says otherwise. Lines and columns
count from 1, offsets from 0. Line ranges include both ends, statement ranges exclude the end.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any

# --- where, and what is wrong there -----------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Location:
    """A place in a text that the author wrote."""

    path: str
    line: int
    column: int = 1
    length: int = 1


class Severity(StrEnum):
    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """Something wrong with what the author wrote or produced."""

    slug: str
    message: str
    location: Location
    source: str = ""
    """The whole source line at the location, for the caret."""
    hint: str = ""
    severity: Severity = Severity.ERROR
    slide: int = 0
    """Number of the slide in the source; 0 where it is not known."""
    picture: str = ""
    """A picture that shows it, below build/."""


def has_errors(diagnostics: Iterable[Diagnostic]) -> bool:
    return any(wrong.severity is Severity.ERROR for wrong in diagnostics)


# --- scripts ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Options:
    """How a script wants to be run: its `[tool.deckwright]` table."""

    device: str = "any"
    """any, cpu, cuda or mps."""
    timeout_seconds: float = 300.0
    memory_bytes: int = 4 * 2**30
    output_bytes: int = 1 * 2**20
    seed: int = 0
    isolate: str = "fork"
    """fork (from the warm server) or fresh (a new interpreter)."""
    data: tuple[str, ...] = ()
    """Files, folders and globs, relative to the script, that it reads where Python does not see it."""


@dataclass(frozen=True, slots=True)
class Statement:
    """One top-level statement: the unit to which output is attributed."""

    first_line: int
    last_line: int


@dataclass(frozen=True, slots=True)
class Unit:
    """Lines that are compiled together: a whole script, or one `exec` fence of a deck."""

    first_line: int
    last_line: int
    statements: tuple[Statement, ...]
    syntax: str
    """The syntax tree as text, without positions (the raw text where it has a syntax error)."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A `# %%` cell or an `exec` fence: statements with their own options."""

    name: str
    first_line: int
    last_line: int
    first_statement: int
    end_statement: int
    label: str = ""
    raises: str = ""
    """Name of the exception type that must be raised, or empty."""
    fig_alt: str = ""
    fig_width: float | None = None
    """Inches."""
    fig_height: float | None = None


@dataclass(frozen=True, slots=True)
class Region:
    """A named part of a script as a slide shows it: markers stripped, text dedented."""

    name: str
    first_line: int
    last_line: int
    code: str
    first_statement: int
    end_statement: int
    """Statements whose output is the region's output."""


@dataclass(frozen=True, slots=True)
class Script:
    """A parsed Python program: a file in snippets/ or figures/, or the `exec` fences of a deck."""

    path: str
    text: str
    units: tuple[Unit, ...]
    cells: tuple[Cell, ...]
    regions: Mapping[str, Region]
    names: frozenset[str] | None
    """Names bound at top level; None when only a run can tell (`from x import *`, `exec`)."""
    imports: frozenset[str]
    """Full names of all imported modules, such as `matplotlib.pyplot`."""
    options: Options = Options()
    unclosed: frozenset[str] = frozenset()
    """Names of regions whose end is missing or in the wrong place."""
    diagnostics: tuple[Diagnostic, ...] = ()


# --- decks ------------------------------------------------------------------------------------


class Kind(StrEnum):
    CODE = "code"
    OUTPUT = "output"
    FIGURE = "figure"
    VALUE = "value"
    EXEC = "exec"
    UNVERIFIED = "unverified"


@dataclass(frozen=True, slots=True)
class Target:
    """What a reference names: a file and, after `#`, a region, cell or value of it."""

    path: str
    """A script's path; for a figure the picture's."""
    fragment: str = ""


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
    """The fence's info string, for carets."""
    format: str = ""
    """A value's format, such as "{:.1%}"."""
    display: Display = Display()


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


@dataclass(frozen=True, slots=True)
class Deck:
    """A parsed Marp deck."""

    path: str
    text: str
    title: str
    slides: tuple[Slide, ...]
    references: tuple[Reference, ...]
    program: Script | None = None
    """Its `exec` fences as one script whose line numbers are the deck's."""
    files: tuple[str, ...] = ()
    """Local files that it shows or links: shipped with the deck."""
    front_matter: Mapping[str, Any] = field(default_factory=dict)
    diagnostics: tuple[Diagnostic, ...] = ()


# --- running ----------------------------------------------------------------------------------


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


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture that a job must leave: `softmax.svg`, from the cell labelled so or the whole script."""

    name: str
    """Stem: `softmax`."""
    suffix: str
    """svg, png, jpg, webp, gif or apng; an animation needs gif, apng or png."""
    cell: int | None = None
    """Index of the cell that draws it; None: whatever is open when the script ends."""


@dataclass(frozen=True, slots=True)
class Job:
    """One script to run, whole: all that a worker needs except the project's files."""

    id: str
    """The script's path; for `exec` fences the deck's path."""
    source: str
    """The program's text; its line numbers are those of the file `id`."""
    units: tuple[Unit, ...]
    cells: tuple[Cell, ...]
    options: Options
    device: str
    """What it gets: cpu, cuda or mps."""
    imports: tuple[str, ...] = ()
    figures: tuple[Figure, ...] = ()


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
class Raised:
    """An exception as data."""

    type: str
    message: str
    frames: tuple[Frame, ...] = ()


@dataclass(frozen=True, slots=True)
class Rich:
    """What a cell's last expression displays, one text per media type (binary as base64)."""

    data: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Output:
    """What one top-level statement printed and displayed. Raw text: control characters included."""

    stdout: str = ""
    stderr: str = ""
    display: Rich | None = None
    raised: Raised | None = None
    """An exception that its cell asserts (`raises`)."""


@dataclass(frozen=True, slots=True)
class Artifact:
    """A picture that a job left. `still` is the last frame of an animation (PNG)."""

    name: str
    data: bytes
    cell: int | None = None
    still: bytes | None = None


class Failed(StrEnum):
    """Why a job has no good result."""

    RAISED = "raised"
    DID_NOT_RAISE = "did-not-raise"
    TIMEOUT = "timeout"
    MEMORY = "memory"
    OUTPUT = "output-limit"
    EXITED = "exited"
    KILLED = "killed"
    NO_FIGURE = "no-figure"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class Failure:
    """A job that went wrong; where, as far as it is known."""

    kind: Failed
    message: str
    statement: int | None = None
    """Index of the statement that ran when it went wrong."""
    raised: Raised | None = None


@dataclass(frozen=True, slots=True)
class Result:
    """What one run of a job gave. Addressed by statement, so that comments may move its lines."""

    job: str
    device: str
    seconds: float
    outputs: tuple[Output, ...] = ()
    values: Mapping[str, Any] = field(default_factory=dict)
    """JSON-like top-level values by name."""
    artifacts: tuple[Artifact, ...] = ()
    reads: Mapping[str, Stamp | None] = field(default_factory=dict)
    """The files that the run opened or imported, each as it was when it was first opened (`NO_FILE`:
    it was not there; None: the run changed it itself, so that what it left counts). A folder whose
    names it listed ends with a slash. Absolute paths where they lie outside."""
    modules: frozenset[str] = frozenset()
    """Those among them that it only imported: a comment in them changes nothing."""
    imports: tuple[str, ...] = ()
    """Top-level names of the installed modules that the run imported."""
    failure: Failure | None = None
    unreached: tuple[int, ...] = ()
    """Indices of the statements that never began."""
    peak_bytes: int = 0


@dataclass(frozen=True, slots=True)
class Course:
    """Decks and scripts, resolved against each other."""

    decks: tuple[Deck, ...]
    scripts: Mapping[str, Script]
    """By path; a deck's `exec` program has the deck's path."""
    jobs: Mapping[str, Job]
    """By id, in the order of first mention. Their device is the one that the script asks for."""
    figures: Mapping[str, tuple[str, Figure]]
    """Picture path -> the job that draws it, and what it draws."""
    diagnostics: tuple[Diagnostic, ...] = ()


# --- planning ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Record:
    """What is remembered of a job's last run: enough to tell whether it is still true."""

    job: str
    key: str
    parts: Mapping[str, str]
    """The key's parts by name (code, options, python, device, figures), each a digest."""
    reads: Mapping[str, str]
    """Digest of each file that the run read."""
    packages: Mapping[str, str]
    """Version of each distribution that the run imported, and of those that these need."""
    seconds: float
    failed: bool = False


class State(StrEnum):
    FRESH = "fresh"
    STALE = "stale"
    ABSENT = "absent"
    """Not runnable here: its device is absent."""
    SKIPPED = "skipped"
    """Stale, but not among the scripts that were asked for (`--only`)."""


@dataclass(frozen=True, slots=True)
class Step:
    """One job of a plan, with the reason why it runs or does not."""

    job: Job
    key: str
    parts: Mapping[str, str]
    state: State
    reason: str
    record: Record | None = None
    """The run whose result is still true, if it is fresh."""
    last_seconds: float | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    steps: tuple[Step, ...]

    @property
    def stale(self) -> tuple[Step, ...]:
        return tuple(step for step in self.steps if step.state is State.STALE)

    @property
    def missing(self) -> Mapping[str, str]:
        """Why there will be no result, by job."""
        return {s.job.id: s.reason for s in self.steps if s.state in (State.ABSENT, State.SKIPPED)}


# --- composing and rendering ------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Dialect:
    """What the author's settings for Marp change in where slides and fences are."""

    html: bool = True
    """Whether what looks like HTML ever is."""
    math: bool = True
    heading_divider: str | tuple[str, ...] = ""
    """As the directive has it, for decks that have none."""
    cjk_emphasis: bool = False


@dataclass(frozen=True, slots=True)
class ExpandedDeck:
    """A deck with everything put in: itself a valid Marp deck."""

    path: str
    """The deck's source path."""
    text: str
    lines: tuple[int, ...]
    """For each line of the text, the line of the source that it comes from."""
    accepted: tuple[Reference, ...] = ()
    """References that show accepted results because their device is absent."""
    diagnostics: tuple[Diagnostic, ...] = ()


@dataclass(frozen=True, slots=True)
class RenderRequest:
    """One expanded deck to be rendered. Paths are absolute."""

    name: str
    path: str
    """The deck's source path."""
    source: Path
    """The expanded deck: relative paths in it count from here."""
    html: Path
    pdf: Path | None = None
    picture: Path | None = None
    """A PNG of the first slide."""
    themes: tuple[Path, ...] = ()
    stills: Mapping[str, Path] = field(default_factory=dict)
    """For each animation, as the deck names it, the picture that the PDF shows in its place."""
    notes: bool = False
    """Speaker notes as annotations in the PDF."""
    settings: Mapping[str, Any] = field(default_factory=dict)
    """What marp-cli's configuration file would say: html, options, theme, ..."""
    cjk_emphasis: bool = False
    """Let `**` beside full-width punctuation begin and end emphasis."""


@dataclass(frozen=True, slots=True)
class Remark:
    """What Marp, the browser or the embedding of files noticed about a page."""

    slug: str
    message: str
    address: str = ""
    """What the deck or its theme names, as it stands there."""
    slide: int = 0
    """Number of the slide as built; 0 where it is not known."""


@dataclass(frozen=True, slots=True)
class RenderedDeck:
    """What Marp made of an expanded deck. Paths are below build/."""

    path: str
    slides: int
    html: str
    pdf: str = ""
    picture: str = ""
    pdf_pages: int = 0
    remarks: tuple[Remark, ...] = ()


# --- checking ---------------------------------------------------------------------------------


class Seen(StrEnum):
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
    """What a reader who cannot see it is not told."""


@dataclass(frozen=True, slots=True)
class Flaw:
    """One thing on a rendered slide that a reader would stumble over, as the browser measured it."""

    kind: Seen
    slide: int
    """Number of the slide as built."""
    line: int
    """Line of the expanded deck from which the element comes; 0 where it is not known."""
    message: str
    text: str = ""
    """The beginning of what stands there."""
    pixels: float = 0.0
    """By how much it is too large, or how far it reaches where it should not."""


@dataclass(frozen=True, slots=True)
class Measured:
    """What the browser found on the slides of one deck."""

    path: str
    flaws: tuple[Flaw, ...] = ()
    pictures: Mapping[int, str] = field(default_factory=dict)
    """Slide as built -> a picture of it with the places marked, below build/."""


@dataclass(frozen=True, slots=True)
class Compared:
    """How far a fresh picture is from the accepted one."""

    share: float
    """Of its pixels that differ visibly: 0.0 to 1.0."""
    message: str
    """In words, such as "312 of 480000 pixels differ" or "it was 480 by 320, now 640 by 480"."""
    picture: str = ""
    """Accepted, fresh and difference side by side, below build/."""


@dataclass(frozen=True, slots=True)
class Alone:
    """How a script went that was run as a student runs it: `python FILE`, elsewhere, by itself."""

    stdout: str
    stderr: str
    status: int
    """Exit status; negative for a signal."""
    seconds: float
    timed_out: bool = False


@dataclass(frozen=True, slots=True)
class Evidence:
    """All that the judgements of `check` look at."""

    course: Course
    plan: Plan
    results: Mapping[str, Result]
    expanded: tuple[ExpandedDeck, ...]
    """One for each deck of the course, in order; like the next."""
    rendered: tuple[RenderedDeck, ...]
    measured: Mapping[str, Measured] = field(default_factory=dict)
    """By deck."""
    compared: Mapping[str, Compared] = field(default_factory=dict)
    """By picture in figures/; only those that are not byte for byte as accepted."""
    alone: Mapping[str, Alone] = field(default_factory=dict)
    """By job; empty unless asked for."""


# --- reporting --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class JobReport:
    job: str
    device: str
    status: str
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
    """Jobs whose code, output, figures or values it shows."""
    html: str = ""
    pdf: str = ""
    markdown: str = ""
    """The expanded deck. Like the other files: below build/, or empty where there is none."""
    picture: str = ""


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
    wrong: tuple[Diagnostic, ...] = ()

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
    known: int = 0
    """Faults that a baseline let pass."""

    @property
    def good(self) -> bool:
        return not has_errors(self.diagnostics)


@dataclass(frozen=True, slots=True)
class Event:
    """One step of progress, as `--json` prints it."""

    kind: str
    """planned, started, finished, rendering, rendered, measuring, measured, tried, diagnostic or done."""
    subject: str = ""
    detail: Mapping[str, Any] = field(default_factory=dict)


# --- commands ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Check:
    """How strictly to check what was built."""

    alone: bool = False
    """Run every script as a student does, too."""
    allowed: tuple[str, ...] = ()
    """Slugs of what is only warned of."""
    baseline: bool = True
    """Let pass what the baseline knows."""


@dataclass(frozen=True, slots=True)
class Request:
    """What a command asks a build for."""

    decks: tuple[str, ...] = ()
    """As they were named; empty for all."""
    pdf: bool = True
    notes: bool = False
    """Speaker notes as annotations in the PDF."""
    force: str = ""
    """Scripts that run whatever is known of them, as a pattern or a deck; empty for none."""
    only: str = ""
    """The only scripts that may run, as a pattern or a deck; empty for all."""
    check: Check | None = None
    """How to check what was built; None for not at all."""


# --- the machine ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that `doctor` looked for."""

    name: str
    found: str
    ok: bool
    hint: str
    """The line that mends it, or empty."""
