"""Python programs as they are read: files in snippets/ and figures/, and the `exec` fences of a deck."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field

from deckwright.frozen import dataclass
from deckwright.model.control import Control, Overrides
from deckwright.model.diagnostic import Acceptance, Diagnostic

DEVICES = ("cpu", "cuda", "mps")


@dataclass(frozen=True, slots=True)
class Options:
    """How a script wants to be run: its `[tool.deckwright]` table."""

    device: str = "any"
    """any, cpu, cuda or mps."""
    gpus: int = 1
    """How many GPUs it gets where it runs on CUDA; if it does not need CUDA, at most as many as there are."""
    gpu_memory_bytes: int = 0
    """How much memory of each GPU it needs, so that others may share the rest; 0 for the whole GPU."""
    nproc: int = 1
    """As how many processes it runs, each of which is a rank of the others."""
    timeout_seconds: float = 300.0
    cell_seconds: float = 0.0
    """How long one cell may run; 0 for no limit of its own."""
    memory_bytes: int = 4 * 2**30
    output_bytes: int = 1 * 2**20
    disk_bytes: int = 10 * 2**30
    """How much it may write into one file, and into its temporary files together."""
    processes: int = 500
    """How many processes it may have at a time."""
    seed: int = 0
    deterministic: bool = False
    """Whether PyTorch may use only what gives the same numbers in every run."""
    isolate: str = "fork"
    """fork (from the warm server) or fresh (a new interpreter)."""
    data: tuple[str, ...] = ()
    """Files, folders and globs, relative to the script, that it reads where Python does not see it."""

    @property
    def start_command(self) -> str:
        """What a student types before the name of the script."""
        return f"torchrun --standalone --nproc-per-node {self.nproc}" if self.nproc > 1 else "python"

    @property
    def threads(self) -> int:
        """How many threads it may have at a time, in all of its processes."""
        return 10 * self.processes


@dataclass(frozen=True, slots=True)
class Variant:
    """How a script is run: on which device, with which values for some of its names, without which cells."""

    device: str = ""
    """cpu, cuda or mps; empty for what the script's options say."""
    overrides: Overrides = ()
    """What takes the place of the values that the script assigns to these names."""
    left_out: tuple[int, ...] = ()
    """Indices of the cells that do not run."""

    def __str__(self) -> str:
        """Return its name, such as `cuda` or `cuda,lr=0.1`; empty for a script as it is."""
        return ",".join(filter(None, [self.device, *map("=".join, self.overrides)]))


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
    smoke: bool = True
    """Whether a smoke run runs it."""


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
    lines: tuple[int, ...] = ()
    """The line in the script of each line of the code."""


@dataclass(frozen=True, slots=True)
class Solution:
    """Lines of a script that students do not receive."""

    first_line: int
    """Of the mark that begins it."""
    last_line: int
    """Of the mark that ends it."""
    exercise: str
    """What the exercise is called: the function or class around it, or else the file."""


@dataclass(frozen=True, slots=True)
class Script:
    """A parsed Python program: a file in snippets/ or figures/, or the `exec` fences of a deck.

    Also a text file in another language, which is only quoted: it has no units.
    """

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
    smoke: Variant = Variant()
    """How a smoke run runs it: with small values, without what these cannot hold. If it has no overrides, a
    smoke run is like any other."""
    controls: Mapping[str, Control] = field(default_factory=dict)
    """What readers of slides may give other values, by name."""
    unclosed: frozenset[str] = frozenset()
    """Names of regions whose end is missing or in the wrong place."""
    solutions: tuple[Solution, ...] = ()
    acceptances: tuple[Acceptance, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
