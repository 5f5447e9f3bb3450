"""Figures of which a picture lacks a part."""

from dataclasses import replace

import pytest

from deckwright.checks.cut_figures import check
from deckwright.model import CutFigure, Severity
from support.course import SCRIPT, result_of
from support.evidence import evidence_of

CODE = "# %% a\n#| label: f\nfig\n# %% b\nprint(2)\n"
BY = {"right": 85, "top": 1}


@pytest.mark.parametrize(
    ("deck", "cuts", "expected"),
    [
        (
            "![f](../figures/f.svg)\n",
            [CutFigure(BY, "f.svg")],
            ["right by 85 pixels and at the top by 1 pixel"],
        ),
        ("![f](../figures/f.svg)\n", [CutFigure(BY, "f.png"), CutFigure(BY, statement=0)], []),
        (
            "```text output=../snippets/a.py#a\n```\n",
            [CutFigure(BY, statement=0)] * 2,
            ["right by 85 pixels"],
        ),
        (
            "```text output=../snippets/a.py#b\n```\n",
            [CutFigure(BY, "f.svg"), CutFigure(BY, statement=0)],
            [],
        ),
        ("```python file=../snippets/a.py#a\n```\n", [CutFigure(BY, statement=0)], []),
    ],
)
def test_a_cut_figure_is_a_warning_where_it_is_shown(
    deck: str, cuts: list[CutFigure], expected: list[str]
) -> None:
    (result,) = result_of("", "2\n").values()
    found = list(check(evidence_of(deck, {SCRIPT: CODE}, results={SCRIPT: replace(result, cut=tuple(cuts))})))
    assert [(each.severity, each.slide) for each in found] == [(Severity.WARNING, 1)] * len(expected)
    assert all(words in each.message for words, each in zip(expected, found, strict=True))
