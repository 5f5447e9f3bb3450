"""Cases of reports: their input is TOML, in which `width` is the width of the terminal."""

from __future__ import annotations

import tomllib
from typing import Any

import pytest

from support.cases import Case, read_cases


def report_cases(name: str) -> pytest.MarkDecorator:
    """Run a test with each case of tests/cases/report/NAME.md."""
    return pytest.mark.parametrize("case", tuple(read_cases(f"report/{name}.md")), ids=lambda case: case.id)


def data_and_width(case: Case) -> tuple[dict[str, Any], int | None]:
    """Return a case's TOML without the width, and the width."""
    data = tomllib.loads(case.inputs[0])
    return data, data.pop("width", None)
