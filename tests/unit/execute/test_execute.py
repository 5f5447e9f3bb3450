"""What the door decides before it starts anything."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from deckwright.errors import ServerError
from deckwright.execute.preload import preloads
from deckwright.execute.workers import Workers, job_environment
from deckwright.model import Cell, Job, Options, Statement, Unit

JOB = Job("x.py", "", (), (), Options(), "cpu")


def test_only_what_is_heavy_and_known_is_imported_ahead() -> None:
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


def test_environment() -> None:
    found = job_environment({"HOME": "/home/me", "COLUMNS": "200", "OMP_NUM_THREADS": "9"}, 2)
    assert found["HOME"] == "/home/me"
    assert found["OMP_NUM_THREADS"] == found["MKL_NUM_THREADS"] == "2"
    assert found["PYTHONHASHSEED"] == "0"
    assert found["MPLBACKEND"] == "agg"
    assert "COLUMNS" not in found


def test_a_python_that_is_not_there(tmp_path: Path) -> None:
    workers = Workers(tmp_path, jobs=1, python="/no/such/python", scratch=tmp_path / "scratch")
    with workers, pytest.raises(ServerError, match="/no/such/python"):
        list(workers.run([JOB]))
    assert list((tmp_path / "scratch").iterdir()) == []


def test_a_python_that_is_none(tmp_path: Path) -> None:
    workers = Workers(tmp_path, jobs=1, python="/bin/true", scratch=tmp_path / "scratch")
    with workers, pytest.raises(ServerError, match="twice"):
        list(workers.run([JOB]))
