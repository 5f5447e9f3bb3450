"""The figures as they were measured: one for each run, of a competitor in a case."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from entry import Case


@dataclass(frozen=True, slots=True)
class Sample:
    """What one run took."""

    case: Case
    competitor: str
    round: int
    seconds: float
    ended: bool = True
    """False if it was ended then, so that it would have taken longer."""
    problem: str = ""
    """Why it failed, so that its time says nothing; empty if it did the work."""
    also: tuple[str, ...] = ()
    """Other changes after which it does the same again."""


Samples = Mapping[tuple[Case, str], tuple[Sample, ...]]


def grouped(samples: Iterable[Sample]) -> Samples:
    """Return the samples of each competitor in each case, in the order in which they first came."""
    groups: dict[tuple[Case, str], tuple[Sample, ...]] = {}
    for sample in samples:
        for place in _places(sample):
            groups[place] = (*groups.get(place, ()), sample)
    return groups


def _places(sample: Sample) -> Iterator[tuple[Case, str]]:
    yield sample.case, sample.competitor
    for change in sample.also:
        yield sample.case._replace(change=change), f"{sample.competitor}, all again"


def done(samples: Sequence[Sample]) -> list[Sample]:
    """Return the samples of runs that did the work."""
    return [sample for sample in samples if not sample.problem]
