"""What the figures are to show: times of Deckwright beside those of others, in the same rounds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from statistics import median

from entry import Case
from samples import Samples, done

_NONE = "–"

Place = tuple[Case, str]
"""A competitor in a case."""


class How(Enum):
    """How the figures of two competitors are compared."""

    RATIO = "ours / theirs"
    FASTER = "theirs / ours"
    MORE = "ours - theirs"


@dataclass(frozen=True, slots=True)
class Goal:
    """A comparison of two competitors, and what it should give."""

    what: str
    ours: Place
    theirs: Place
    how: How
    target: str = ""
    scripts: float = 1.0
    """How often the figures of the other count: it may have done a part of the work."""
    parts: int = 1
    """Into how many equal parts a difference is divided."""


def goals_table(samples: Samples, goals: Sequence[Goal]) -> Sequence[Sequence[str]]:
    """Return the rows of a table: those of what was measured, below a head."""
    measured = [goal for goal in goals if goal.ours in samples and goal.theirs in samples]
    return [
        ("what", "median (min to max)", "target"),
        *((goal.what, _found(samples, goal), goal.target) for goal in measured),
    ]


def _found(samples: Samples, goal: Goal) -> str:
    values = [_value(goal, ours, theirs * goal.scripts) for ours, theirs in _pairs(samples, goal)]
    if not values:
        return _NONE
    unit = " s" if goal.how is How.MORE else ""
    return f"{median(values):.2f}{unit} ({min(values):.2f} to {max(values):.2f})"


def _value(goal: Goal, ours: float, theirs: float) -> float:
    match goal.how:
        case How.RATIO:
            return ours / theirs
        case How.FASTER:
            return theirs / ours
        case How.MORE:
            return (ours - theirs) / goal.parts


def _pairs(samples: Samples, goal: Goal) -> list[tuple[float, float]]:
    """Return the seconds of two competitors in each round in which both did the work."""
    theirs = {sample.round: sample.seconds for sample in done(samples[goal.theirs])}
    ours = (sample for sample in done(samples[goal.ours]) if sample.round in theirs)
    return [(sample.seconds, theirs[sample.round]) for sample in ours]
