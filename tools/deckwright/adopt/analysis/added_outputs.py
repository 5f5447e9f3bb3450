"""Output fences for code whose output no slide shows."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace

from deckwright.adopt.analysis.edits import Edit
from deckwright.adopt.analysis.verdicts import DeckAnalysis
from deckwright.compose.fences import fence_rows
from deckwright.frozen import dataclass
from deckwright.model import Fence
from deckwright.text.lines import Lines

SIZES = (0, 8, 3)
"""The most lines that an output may take (0: any), from the most comfortable on."""


@dataclass(frozen=True, slots=True)
class AddedOutput:
    """A fence that shows what some code printed."""

    fence: Fence
    """The code."""
    most_lines: int = SIZES[0]
    compare: str = ""

    @property
    def attributes(self) -> str:
        """What stands behind `output`."""
        size = f" max-lines={self.most_lines}" if self.most_lines else ""
        return size + (f" compare={self.compare}" if self.compare else "")


def first_plan(analysis: DeckAnalysis, fences: Collection[Fence]) -> dict[int, AddedOutput]:
    """Return an output for each of these fences, by its line; a long one shows its first lines."""
    return {fence.line: _fitted(analysis, AddedOutput(fence), SIZES[1]) for fence in fences}


def better_plan(
    analysis: DeckAnalysis, plan: Mapping[int, AddedOutput], full: Collection[int], drifted: Collection[int]
) -> dict[int, AddedOutput]:
    """Return a plan in which outputs on `full` slides are shorter, and `drifted` ones compared less strictly.

    What drifts even then differs in every run: it is left out.
    """
    better: dict[int, AddedOutput] = {}
    for line, added in plan.items():
        if line not in drifted or not added.compare:
            looser = replace(added, compare="shape") if line in drifted else added
            is_full = added.fence.slide.number in full
            better[line] = _fitted(analysis, looser, SIZES[2]) if is_full else looser
    return better


def added_edits(
    analysis: DeckAnalysis, plan: Mapping[int, AddedOutput], references: Mapping[int, str] | None = None
) -> Iterator[Edit]:
    """Yield the edits that add outputs; `references` say, by the line of the code, what they refer to."""
    deck = analysis.deck
    lines = Lines(deck.path, deck.text)
    for line, added in plan.items():
        fence, text = added.fence, analysis.showable[line][added.most_lines]
        mark = f"output={references[line]}" if references and line in references else "output"
        rows = ["", *fence_rows(f"text {mark}{added.attributes}", text, "```")]
        newline = lines.newline(fence.line)
        new = "".join(f"{newline}{fence.prefix if row else fence.prefix.rstrip()}{row}" for row in rows)
        yield Edit(lines.start(fence.end) + len(lines[fence.end]), "", new)


def _fitted(analysis: DeckAnalysis, added: AddedOutput, most: int) -> AddedOutput:
    """Return an output with no more lines than these, if it has more."""
    rows = analysis.showable[added.fence.line][0].count("\n") + 1
    return replace(added, most_lines=most) if rows > most else added
