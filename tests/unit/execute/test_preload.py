from __future__ import annotations

from dataclasses import replace

import pytest

from deckwright.execute.preload import preloads
from deckwright.model import Cell, Job, Options, Statement, Unit

JOB = Job("x.py", "", (), (), Options(), "cpu")


def test_only_known_packages_are_imported_ahead() -> None:
    names = ("json", "matplotlib.pyplot", "mine", "sklearn.datasets", "torch", "torchish")
    assert preloads(replace(JOB, imports=names)) == ["matplotlib.pyplot", "sklearn.datasets", "torch"]


@pytest.mark.parametrize(
    ("last", "displays"),
    [
        ("x", True),
        ("f(\n1)", True),
        ("print(x)", False),
        ("x = 1", False),
        ("    x", True),
        ("x = = 1", False),
    ],
)
def test_ipython_is_imported_ahead_of_a_display(last: str, displays: bool) -> None:
    source = f"# %%\nx = 1\n{last}\n"
    lines = source.count("\n")
    unit = Unit(1, lines, (Statement(2, 2), Statement(3, lines)), "")
    job = replace(JOB, source=source, units=(unit,), cells=(Cell("", 1, lines, 0, 2),))
    assert (preloads(job) == ["IPython.core.formatters"]) is displays


def test_an_empty_cell_displays_nothing() -> None:
    assert preloads(replace(JOB, cells=(Cell("", 1, 1, 0, 0),))) == []
