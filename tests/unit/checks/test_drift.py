"""Accepted pictures that differ from the fresh ones."""

import pytest

from deckwright.checks.drift import check
from deckwright.model import PictureDifference, Result
from support.evidence import evidence_of, places


@pytest.mark.parametrize(("share", "expected"), [(0.000005, []), (0.0002, [("drifted", 1)])])
def test_a_figure_that_looks_different(share: float, expected: list[tuple[str, int]]) -> None:
    evidence = evidence_of(
        "![f](../figures/f.svg)\n",
        {"figures/f.py": "draw()\n"},
        results={"figures/f.py": Result("figures/f.py", "cpu", 0.1)},
        compared={"figures/f.svg": PictureDifference(share, "some pixels differ", "check/f.png")},
    )
    diagnostics = list(check(evidence))
    assert places(diagnostics) == expected
    assert all(each.picture == "check/f.png" for each in diagnostics)
