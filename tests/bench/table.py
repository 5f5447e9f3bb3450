"""The figures of all rounds as Markdown: a table for each work, and what follows from them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from statistics import median

from entry import CHANGES, COLD, FOUR, MORE, TEXT, Case
from ours import DECKWRIGHT, DECKWRIGHT_HTML, DECKWRIGHT_SERVE
from peers import FLOOR, MARP_HTML, MARP_PDF
from samples import Sample, Samples

_HEAD = ("what changed", "competitor", "median", "min", "max", "/ deckwright", "target")
_NONE = "–"

Targets = Mapping[tuple[Case, str], float]
"""Seconds for a competitor in a case."""


def tables(samples: Samples, targets: Targets) -> str:
    """Return a table for each work: a row for each competitor in each case, in seconds."""
    works = dict.fromkeys(case.work for case, _ in samples)
    return "\n\n".join(f"## {work}\n\n{_table(samples, targets, work)}" for work in works)


def conclusions(samples: Samples, work: str, copies: int) -> str:
    """Return the differences that targets speak of; each pairs figures of the same round."""
    more, cold = Case(work, MORE), Case(work, COLD)
    rows = (
        ("what", "median (min to max)", "target"),
        (
            "build from nothing, over one process that runs all",
            _spread(samples, (cold, DECKWRIGHT), (cold, FLOOR)),
            "1.5 s",
        ),
        (
            "PDF of one more deck, deckwright",
            _spread(samples, (more, DECKWRIGHT), (more, DECKWRIGHT_HTML)),
            "0.6 s",
        ),
        (
            "PDF of one more deck, marp-cli in parallel",
            _spread(samples, (Case(work, FOUR), MARP_PDF), (cold, MARP_PDF), copies - 1),
            "",
        ),
        (
            "PDF over HTML of one deck, marp-cli",
            _spread(samples, (cold, MARP_PDF), (cold, MARP_HTML)),
            "",
        ),
    )
    return _markdown(rows)


def ratios(samples: Samples, work: str) -> str:
    """Return how long one edited sentence takes in a course, measured by a tool that proves nothing."""
    edited, head = Case(work, TEXT), ("what", "median (min to max)", "target")
    rows = (
        (f"{ours} / {other}", _ratios(samples, (edited, ours), (edited, other)), target)
        for ours, other, target in ((DECKWRIGHT_HTML, MARP_HTML, "0.8"), (DECKWRIGHT, MARP_PDF, "0.6"))
    )
    return _markdown([head, *rows])


def _table(samples: Samples, targets: Targets, work: str) -> str:
    rows = [row for change in CHANGES for row in _rows(samples, targets, Case(work, change))]
    return _markdown([_HEAD, *rows])


def _rows(samples: Samples, targets: Targets, case: Case) -> Iterator[Sequence[str]]:
    ours = samples.get((case, DECKWRIGHT)) or samples.get((case, DECKWRIGHT_SERVE), ())
    for (other, competitor), measured in samples.items():
        if other == case:
            target = f"{targets[case, competitor]:g} s" if (case, competitor) in targets else ""
            yield (case.change, competitor, *_figures(measured), _ratio(measured, ours), target)


def _figures(samples: Sequence[Sample]) -> tuple[str, str, str]:
    seconds = [sample.seconds for sample in _done(samples)]
    failed = (
        "" if len(seconds) == len(samples) else f"failed in {len(samples) - len(seconds)} of {len(samples)}"
    )
    if not seconds:
        return failed, _NONE, _NONE
    if not all(sample.ended for sample in samples):
        return f"more than {max(seconds):.0f} s", _NONE, _NONE
    middle = ", ".join(filter(None, [f"{median(seconds):.2f} s", failed]))
    return middle, f"{min(seconds):.2f}", f"{max(seconds):.2f}"


def _done(samples: Sequence[Sample]) -> list[Sample]:
    """Return the samples of runs that did the work."""
    return [sample for sample in samples if not sample.problem]


def _ratio(samples: Sequence[Sample], ours: Sequence[Sample]) -> str:
    if samples is ours or not (_done(samples) and _done(ours)):
        return ""
    more = "" if all(sample.ended for sample in samples) else "> "
    return f"{more}{_median(samples) / _median(ours):.1f}"


def _median(samples: Sequence[Sample]) -> float:
    return median(sample.seconds for sample in _done(samples))


def _spread(samples: Samples, whole: tuple[Case, str], part: tuple[Case, str], by: int = 1) -> str:
    seconds = [(a - b) / by for a, b in _pairs(samples, whole, part)]
    return f"{median(seconds):.2f} s ({min(seconds):.2f} to {max(seconds):.2f})" if seconds else _NONE


def _ratios(samples: Samples, one: tuple[Case, str], other: tuple[Case, str]) -> str:
    found = [a / b for a, b in _pairs(samples, one, other)]
    return f"{median(found):.2f} ({min(found):.2f} to {max(found):.2f})" if found else _NONE


def _pairs(samples: Samples, one: tuple[Case, str], other: tuple[Case, str]) -> list[tuple[float, float]]:
    """Return the seconds of two tools in each round in which both did the work."""
    others = {sample.round: sample.seconds for sample in _done(samples[other])}
    ours = (sample for sample in _done(samples[one]) if sample.round in others)
    return [(sample.seconds, others[sample.round]) for sample in ours]


def _markdown(rows: Sequence[Sequence[str]]) -> str:
    """Return rows, the first of which is the head, as a table whose columns are as wide as their cells."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    rule = [width * "-" for width in widths]
    lines = [rows[0], rule, *rows[1:]]
    return "\n".join(f"| {' | '.join(map(str.ljust, line, widths))} |" for line in lines)
