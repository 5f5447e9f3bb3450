"""Figures of flipbooks: at each step, a figure as it was after the statements that had run."""

from __future__ import annotations

from collections.abc import Iterable

from deckwright.compose.blank import blank_picture
from deckwright.frozen import dataclass
from deckwright.model import Artifact, Figure, Job, Reference, Result
from deckwright.text.flipbooks import Shown


def artifact_of(result: Result, figure: Figure) -> Artifact | None:
    """Return the picture that a run left of a figure."""
    return next((each for each in result.artifacts if each.name == str(figure)), None)


@dataclass(frozen=True, slots=True)
class Stages:
    """A figure on the way, in the result of a run."""

    job: Job
    figure: Figure
    result: Result

    def shown(self, reference: Reference) -> Shown:
        """Return the statements that draw the figure, on the slide of a reference."""
        return Shown(reference.slide, self.job.script, *self.job.drawing(self.figure))

    def are_late(self, stops: Iterable[int]) -> bool:
        """Whether there is nothing of the figure before any of these statements, if there are some."""
        every = list(stops)
        return bool(every) and not any(map(self._drawn_before, every))

    def before(self, stop: int, whole: Artifact) -> Artifact:
        """Return the figure as it was before a statement ran: a blank picture if there was nothing of it."""
        blank = Artifact(f"{self.figure.name}-blank.svg", blank_picture(whole.data, self.figure.suffix))
        return self._drawn_before(stop) or blank

    def _drawn_before(self, stop: int) -> Artifact | None:
        first, end = self.job.drawing(self.figure)
        opening = [statement for statement in self.result.drew if first <= statement < end]
        if opening and min(opening) >= stop:
            return None  # what was open then belongs to the cells above
        return artifact_of(self.result, self.figure.before(stop))
