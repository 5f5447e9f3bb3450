"""Flipbooks: how far a script has run at each step of a slide (decision 50)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate

from deckwright.frozen import dataclass
from deckwright.model import Display, FenceOf, Kind, Reference, Script, Statement
from deckwright.text.fences import chosen_rows, code_lines, output_range


@dataclass(frozen=True, slots=True)
class Shown:
    """Statements whose output or figure a slide shows."""

    slide: int
    script: str
    """Its path."""
    first: int
    end: int


@dataclass(frozen=True, slots=True)
class Flipbook:
    """Code whose steps show what existed after them."""

    reference: Reference
    first: int
    end: int
    """The range of its statements."""
    stops: tuple[int, ...]
    """For each step but the last, the first statement that has not run. After the last step, all have."""

    def turns(self, shown: Shown) -> bool:
        """Whether its steps decide how much of what these statements leave is shown."""
        same = (shown.slide, shown.script) == (self.reference.slide, self.reference.target.path)
        return same and self.first < shown.end and shown.first < self.end


def output_shown(reference: Reference, script: Script) -> Shown:
    """Return the statements whose output a reference shows."""
    return Shown(reference.slide, script.path, *output_range(reference, script))


def flipbooks_of(references: Iterable[Reference], scripts: Mapping[str, Script]) -> tuple[Flipbook, ...]:
    """Return the flipbooks of a deck."""
    code = (each for each in references if each.display.flipbook and each.kind in (Kind.CODE, Kind.EXEC))
    return tuple(_flipbook(each, scripts[each.target.path]) for each in code if has_statements(each, scripts))


def has_statements(reference: Reference, scripts: Mapping[str, Script]) -> bool:
    """Whether there is what a fence of code or an output names."""
    script, target = scripts.get(reference.target.path), reference.target
    return script is not None and (isinstance(target, FenceOf) or target.name in script.regions)


def statements_of(reference: Reference, script: Script) -> Sequence[tuple[int, Statement]]:
    """Return the statements of a fence of code, each with its index."""
    statements = list(enumerate(statement for unit in script.units for statement in unit.statements))
    return statements[slice(*output_range(reference, script))]


def shown_lines(reference: Reference, script: Script) -> Sequence[int]:
    """Return the line in its script of each line that a fence of code shows."""
    return chosen_rows(code_lines(reference, script), reference.display)[0]


def last_rows(display: Display, count: int) -> list[int]:
    """Return for each step the last row that it and those before it highlight, of so many; 0 for none."""
    return list(accumulate((_last_row(spec, count) for spec in display.highlight), max))


def _last_row(spec: str, count: int) -> int:
    if spec in ("all", "*"):
        return count
    return min(max(map(int, re.findall(r"[0-9]+", spec)), default=0), count)


def _flipbook(reference: Reference, script: Script) -> Flipbook:
    lines, statements = shown_lines(reference, script), statements_of(reference, script)
    first, end = output_range(reference, script)
    tops = (lines[row - 1] if row else 0 for row in last_rows(reference.display, len(lines))[:-1])
    stops = (next((i for i, each in statements if each.first_line > top), end) for top in tops)
    return Flipbook(reference, first, end, tuple(stops))


def stop_at(flipbooks: Iterable[Flipbook], shown: Shown, step: int) -> int | None:
    """Return the first of the statements that has not run at a step; None if all have."""
    turned = [each.stops for each in flipbooks if each.turns(shown)]
    stop = min((stops[step] for stops in turned if step < len(stops)), default=shown.end)
    return max(shown.first, stop) if stop < shown.end else None


def stops_of(flipbooks: Sequence[Flipbook], shown: Shown) -> Iterator[int]:
    """Yield the first of the statements that has not run, for each step at which some have not."""
    for step in range(max((len(each.stops) for each in flipbooks), default=0)):
        stop = stop_at(flipbooks, shown, step)
        if stop is not None:
            yield stop
