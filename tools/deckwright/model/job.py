"""Jobs: what is run."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import field

from deckwright.frozen import dataclass
from deckwright.model.script import Cell, Options, Unit, Variant


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture that a job must leave: `softmax.svg`, from the cell labelled so or the whole script."""

    name: str
    """Stem: `softmax`."""
    suffix: str
    """svg, png, jpg, webp, gif or apng; an animation needs gif, apng or png."""
    cell: int | None = None
    """Index of the cell that draws it; None: whatever is open when the script ends."""
    path: str = field(default="", compare=False)
    """Of its file in the project: a script may write that itself."""
    after: int | None = None
    """Index of the statement after which it is saved; None: when its cell or the script ends."""

    def __str__(self) -> str:
        """Return its file name."""
        stage = "" if self.after is None else f"@{self.after}"
        return f"{self.name}{stage}.{self.suffix}"

    def before(self, stop: int) -> Figure:
        """Return the picture of what is there before a statement runs; of an animation, a still one."""
        suffix = "png" if self.suffix in ("gif", "apng") else self.suffix
        return Figure(self.name, suffix, self.cell, after=stop - 1)


@dataclass(frozen=True, slots=True)
class NamedValue:
    """A value that a deck names, so that its job must leave it: `accuracy`, `scores.best`."""

    name: str
    deck: str = ""
    """Path of the first deck that names it."""


def value_path(name: str) -> tuple[str, ...]:
    """Return the parts of a value's name: `scores`, `best` and `0` of `scores.best[0]`."""
    return tuple(re.findall(r"[^.\[\]]+", name))


def holds_value(recorded: Collection[str], name: str) -> bool:
    """Whether a run that recorded values under these names recorded this one, alone or within another."""
    path = value_path(name)
    return any(path[: len(each)] == each for each in map(value_path, recorded))


@dataclass(frozen=True, slots=True)
class FigureFont:
    """A file of a font that figures use for letters that other fonts lack."""

    path: str
    name: str
    """By which figures name it: each file has its own."""
    weight: int


@dataclass(frozen=True, slots=True)
class FigureFonts:
    """The fonts that figures get for their letters, besides those that all have."""

    files: tuple[FigureFont, ...] = ()
    """Those that are tried first come first."""
    versions: Mapping[str, str] = field(default_factory=dict)
    """By family, of all that the letters need: ABSENT_FONT for one that cannot be had."""


ABSENT_FONT = "absent"


@dataclass(frozen=True, slots=True)
class Job:
    """A script and a variant of it to run: all that a worker needs except the project's files."""

    script: str
    """Path; for `exec` fences the deck's path."""
    source: str
    """The program's text; its line numbers are those of the file `script`."""
    units: tuple[Unit, ...]
    cells: tuple[Cell, ...]
    options: Options
    device: str
    """What it gets: cpu, cuda or mps."""
    imports: tuple[str, ...] = ()
    figures: tuple[Figure, ...] = ()
    variant: Variant = Variant()
    pythonpath: tuple[str, ...] = ()
    """Folders of the project in which it finds modules, after its own."""
    values: tuple[NamedValue, ...] = ()
    """No others are recorded: any variable may hold a secret."""

    is_quick: bool = field(default=False, compare=False)
    """Whether it takes so little time that it need not wait for long ones."""

    @property
    def end_statement(self) -> int:
        """The number of its statements."""
        return sum(len(unit.statements) for unit in self.units)

    def drawing(self, figure: Figure) -> tuple[int, int]:
        """Return the range of the statements that draw a figure."""
        if figure.cell is None:
            return 0, self.end_statement
        cell = self.cells[figure.cell]
        return cell.first_statement, cell.end_statement

    @property
    def id(self) -> str:
        return job_id(self.script, self.variant)


def job_id(script: str, variant: Variant) -> str:
    """Return the id of a job: the script's path and the variant's name, if it has one (`train.py@cuda`)."""
    return f"{script}@{variant}" if str(variant) else script
