"""The figures of all rounds as Markdown: a table for each work."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from statistics import median

from entry import CHANGES, Case
from ours import DECKWRIGHT, DECKWRIGHT_SERVE
from samples import Sample, Samples, done

_HEAD = ("what changed", "competitor", "median", "min", "max", "/ deckwright", "target")
_NONE = "–"

Targets = Mapping[tuple[Case, str], float]
"""Seconds for a competitor in a case."""


def tables(samples: Samples, targets: Targets) -> str:
    """Return a table for each work: a row for each competitor in each case, in seconds."""
    works = dict.fromkeys(case.work for case, _ in samples)
    return "\n\n".join(f"## {work}\n\n{_table(samples, targets, work)}" for work in works)


def _table(samples: Samples, targets: Targets, work: str) -> str:
    rows = [row for change in CHANGES for row in _rows(samples, targets, Case(work, change))]
    return markdown([_HEAD, *rows])


def _rows(samples: Samples, targets: Targets, case: Case) -> Iterator[Sequence[str]]:
    ours = samples.get((case, DECKWRIGHT)) or samples.get((case, DECKWRIGHT_SERVE), ())
    for (other, competitor), measured in samples.items():
        if other == case:
            target = f"{targets[case, competitor]:g} s" if (case, competitor) in targets else ""
            yield (case.change, competitor, *_figures(measured), _ratio(measured, ours), target)


def _figures(samples: Sequence[Sample]) -> tuple[str, str, str]:
    seconds = [sample.seconds for sample in done(samples)]
    failed = (
        "" if len(seconds) == len(samples) else f"failed in {len(samples) - len(seconds)} of {len(samples)}"
    )
    if not seconds:
        return failed, _NONE, _NONE
    if not all(sample.ended for sample in samples):
        return f"more than {max(seconds):.0f} s", _NONE, _NONE
    middle = ", ".join(filter(None, [f"{median(seconds):.2f} s", failed]))
    return middle, f"{min(seconds):.2f}", f"{max(seconds):.2f}"


def _ratio(samples: Sequence[Sample], ours: Sequence[Sample]) -> str:
    if samples is ours or not (done(samples) and done(ours)):
        return ""
    more = "" if all(sample.ended for sample in samples) else "> "
    return f"{more}{_median(samples) / _median(ours):.1f}"


def _median(samples: Sequence[Sample]) -> float:
    return median(sample.seconds for sample in done(samples))


def markdown(rows: Sequence[Sequence[str]]) -> str:
    """Return rows, the first of which is the head, as a table whose columns are as wide as their cells."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    rule = [width * "-" for width in widths]
    lines = [rows[0], rule, *rows[1:]]
    return "\n".join(f"| {' | '.join(map(str.ljust, line, widths))} |" for line in lines)
