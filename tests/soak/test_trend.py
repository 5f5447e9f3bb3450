"""The rule of the soak test."""

from __future__ import annotations

import pytest

from soak.samples import KINDS, Sample, Use
from soak.trend import growing


def day(samples: int, pss_mb: float, descriptors: int) -> list[Sample]:
    """Return a day on which our process uses more with each sample."""
    uses = [Use(1, 80, 60 + n * pss_mb, 100 + n * descriptors, 8) for n in range(samples)]
    return [Sample(n, n, {**dict.fromkeys(KINDS, Use()), "serve": use}, 0.1) for n, use in enumerate(uses)]


@pytest.mark.parametrize(
    ("samples", "pss_mb", "descriptors", "problem"),
    [
        (60, 0.0, 0, ""),
        (60, 0.1, 0, ""),
        (60, 0.33, 0, "pss_mb of serve"),
        (60, 2.0, 0, "pss_mb of serve"),
        (60, 0.0, 2, "descriptors of serve"),
        (5, 0.0, 0, "too few"),
    ],
)
def test_what_grows_is_named(samples: int, pss_mb: float, descriptors: int, problem: str) -> None:
    found = growing(day(samples, pss_mb, descriptors))
    assert [problem in sentence for sentence in found] == ([True] if problem else [])
