"""Workers without a server: the environment of jobs, and Pythons that cannot serve."""

from __future__ import annotations

from pathlib import Path

import pytest

from deckwright.errors import ServerError, SystemFailure
from deckwright.execute.workers import Workers, job_environment
from deckwright.model import Job, Options

JOB = Job("x.py", "", (), (), Options(), "cpu")


def test_environment() -> None:
    environment = job_environment({"HOME": "/home/me", "COLUMNS": "200", "OMP_NUM_THREADS": "9"}, 2)
    assert environment["HOME"] == "/home/me"
    assert environment["OMP_NUM_THREADS"] == environment["MKL_NUM_THREADS"] == "2"
    assert environment["PYTHONHASHSEED"] == "0"
    assert environment["MPLBACKEND"] == "agg"
    assert "COLUMNS" not in environment


def test_a_python_that_is_not_there(tmp_path: Path) -> None:
    workers = Workers(tmp_path, jobs=1, python="/no/such/python", scratch=tmp_path / "scratch")
    with workers, pytest.raises(SystemFailure, match="/no/such/python"):
        list(workers.run([JOB]))
    assert list((tmp_path / "scratch").iterdir()) == []


def test_a_program_that_is_no_python(tmp_path: Path) -> None:
    workers = Workers(tmp_path, jobs=1, python="/bin/true", scratch=tmp_path / "scratch")
    with workers, pytest.raises(ServerError, match="twice"):
        list(workers.run([JOB]))
