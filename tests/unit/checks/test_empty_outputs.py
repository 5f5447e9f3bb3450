"""Outputs that are an empty box on the slide."""

from dataclasses import replace

import pytest

from deckwright.checks.empty_outputs import check
from deckwright.model import Failure, FailureKind, Output, Printed, Result, Rich, Severity
from support.course import SCRIPT
from support.evidence import evidence_of

REGION = "# region a\nplt.plot(x)\ny = 2\n# endregion a\n"
SHOWN = "# region a\nx\nplt.show()\n# endregion a\n"
CELL = "# %% a\nplt.plot(x)\ny = 2\n"
LABELLED = "# %% a\n#| label: loss\nplt.plot(x)\ny = 2\n"
FENCE = "```text output=../snippets/a.py#a\n```\n"
BOTH, ERRORS = (FENCE.replace("#a", f"#a stream={stream}") for stream in ("both", "stderr"))
OUT, ERR, SVG = Printed("stdout", "1\n"), Printed("stderr", "1\n"), Rich({"image/svg+xml": "<svg/>"})

GOOD = Result(SCRIPT, "cpu", 0.1, (Output(), Output()))


def with_part(part: Printed | Rich) -> Result:
    return replace(GOOD, outputs=(Output(), Output((part,))))


@pytest.mark.parametrize(
    ("code", "deck", "result", "expected"),
    [
        (REGION, FENCE, GOOD, "the code prints nothing | print something"),
        (REGION, FENCE, with_part(Printed("stdout", " \n")), "the code prints nothing | print something"),
        (
            REGION,
            FENCE,
            replace(GOOD, drew=(0,)),
            "draws a figure, and prints nothing | begin it with '# %%'",
        ),
        (SHOWN, FENCE, GOOD, "draws a figure, and prints nothing | begin it with '# %%'"),
        (
            CELL,
            FENCE,
            replace(GOOD, drew=(1,)),
            "draws a figure, and prints nothing | end it with the figure",
        ),
        (LABELLED, FENCE, replace(GOOD, drew=(0,)), "![w:800 …](../figures/loss.svg)"),
        (REGION, FENCE, with_part(ERR), "the code prints to stderr alone | write stream=stderr"),
        (REGION, ERRORS, with_part(OUT), "the code prints to stdout alone | write stream=stdout"),
        (REGION, BOTH, with_part(ERR), ""),
        (REGION, FENCE, with_part(OUT), ""),
        (CELL, FENCE, with_part(SVG), ""),
        (REGION, FENCE, replace(GOOD, failure=Failure(FailureKind.TIMEOUT, "slow")), ""),
        (REGION, FENCE, replace(GOOD, unreached=(0, 1)), ""),
        (REGION, "```python file=../snippets/a.py#a\n```\n", GOOD, ""),
    ],
)
def test_an_empty_output_is_a_warning_with_what_to_write(
    code: str, deck: str, result: Result, expected: str
) -> None:
    found = list(check(evidence_of(deck, {SCRIPT: code}, results={SCRIPT: result})))
    assert [(each.severity, each.slide) for each in found] == [(Severity.WARNING, 1)] * bool(expected)
    assert all(expected in f"{each.message} | {each.hint}" for each in found)
