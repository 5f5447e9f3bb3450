"""Whether what a server uses grows: the rule of the soak test.

The first quarter of the samples is warm-up. Of the rest, the median of the last third may exceed that of the
first third by a tenth and a margin; the memory of our own process only by a margin: 250 saves that leave
0.08 MB each are too much.
"""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

from soak.samples import KINDS, Sample

MARGINS = {"pss_mb": 24.0, "descriptors": 8, "threads": 4, "processes": 2}
"""How much more may be used than a tenth: caches fill, and a script may run when a sample is taken."""

OURS = {**MARGINS, "pss_mb": 6.0}
"""Those of our own process: the others free memory when they like."""

FEWEST = 12
"""Fewer samples say nothing."""


def growing(samples: Sequence[Sample]) -> list[str]:
    """Return a sentence for everything that grows."""
    if len(samples) < FEWEST:
        return [f"{len(samples)} samples are too few: give it more seconds"]
    return [
        f"{name} of {kind} went from {first:.0f} to {last:.0f}"
        for kind in KINDS
        for name in MARGINS
        for first, last in [_ends(samples, kind, name)]
        if last > _most(kind, name, first)
    ]


def _most(kind: str, name: str, first: float) -> float:
    if kind != "serve":
        return first * 1.1 + MARGINS[name]
    return (first if name == "pss_mb" else first * 1.1) + OURS[name]


def _ends(samples: Sequence[Sample], kind: str, name: str) -> tuple[float, float]:
    values = [float(getattr(sample.uses[kind], name)) for sample in samples[len(samples) // 4 :]]
    third = len(values) // 3
    return median(values[:third]), median(values[-third:])
