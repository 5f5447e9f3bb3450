"""What fences show: the lines that they choose, and a slide for each step (decision 3)."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import dropwhile
from typing import TypeVar

from deckwright.model import Deck, Display, FenceOf, Kind, Reference, Script, Slide
from deckwright.text.solutions import MARK, without_marks

_T = TypeVar("_T")


def code_of(reference: Reference, script: Script) -> str:
    """Return all the code of a `file=` or `exec` fence, before lines are chosen."""
    if reference.kind is Kind.EXEC:
        rows = reference.body.rstrip("\n").split("\n")
        code = "\n".join(dropwhile(lambda row: row.startswith("#|"), rows))  # options are at the top
        return without_marks(code)
    return script.regions[reference.target.name].code


def code_lines(reference: Reference, script: Script) -> Sequence[int]:
    """Return the line in its script of each line of a fence's code."""
    if not isinstance(reference.target, FenceOf):
        return script.regions[reference.target.name].lines
    rows = list(enumerate(reference.body.rstrip("\n").split("\n"), reference.target.line))
    shown = dropwhile(lambda row: row[1].startswith("#|"), rows)
    return [number for number, row in shown if not MARK.match(row)]


def output_range(reference: Reference, script: Script) -> tuple[int, int]:
    """Return the range of statements whose code or output a reference shows."""
    target = reference.target
    if isinstance(target, FenceOf):
        cell = next(cell for cell in script.cells if cell.first_line == target.line)
        return cell.first_statement, cell.end_statement
    region = script.regions[target.name]
    return region.first_statement, region.end_statement


def shown_code(reference: Reference, script: Script) -> str:
    """Return the code of a `file=` or `exec` fence that its `lines` and `max-lines` choose."""
    return chosen_lines(code_of(reference, script), reference.display)


def chosen_lines(text: str, display: Display) -> str:
    """Return the lines of a text that `lines` and `max-lines` choose."""
    rows, others = chosen_rows(text.split("\n"), display)
    return "\n".join([*rows, *([more_of(len(others), "line")] if others else [])])


def chosen_rows(rows: Sequence[_T], display: Display) -> tuple[list[_T], list[_T]]:
    """Return the rows that `lines` and `max-lines` choose, and those that `max-lines` leaves out."""
    chosen = list(rows)
    if display.lines:
        ranges = [part.partition("-") for part in display.lines.split(",")]
        chosen = [row for first, _, last in ranges for row in rows[int(first) - 1 : int(last or first)]]
    most = display.max_lines or len(chosen)
    return chosen[:most], chosen[most:]


def more_of(number: int, what: str) -> str:
    """Return the note below what is shown of lines, rows or columns."""
    return f"… ({number} more {what}{'s' if number > 1 else ''})"


def steps_of(references: Sequence[Reference]) -> int:
    """Return the number of slides built of one that has these references."""
    return _highlights(references) + max([0, *(len(reference.then) for reference in references)])


def _highlights(references: Sequence[Reference]) -> int:
    """Return the number of steps at which nothing but highlights changes: other versions come after them."""
    return max([1, *(len(reference.display.highlight) for reference in references)])


def versions_at(references: Sequence[Reference], step: int) -> list[Reference]:
    """Return the references of a slide in the versions that a step shows."""
    number = max(0, step + 1 - _highlights(references))
    return [each.versions[min(number, len(each.then))] for each in references]


def built_slides(deck: Deck) -> tuple[Slide, ...]:
    """Return the source slide of each built slide, in order."""
    return tuple(
        slide
        for slide in deck.slides
        for _ in range(steps_of([r for r in deck.references if slide.start <= r.start < slide.end]))
    )
