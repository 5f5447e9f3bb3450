"""Jobs: what is run."""

from __future__ import annotations

from dataclasses import dataclass

from deckwright.model.script import Cell, Options, Unit


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
