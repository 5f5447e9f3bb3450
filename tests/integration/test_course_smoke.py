"""The small values of the course's long scripts: what a smoke run leaves alone. Nothing runs here."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from deckwright.model import Script
from deckwright.parse import parse_script
from deckwright.text.syntax import top_level

ROOT = Path(__file__).parents[2]


def read(path: Path) -> tuple[str, str]:
    return path.relative_to(ROOT).as_posix(), path.read_text("utf-8")


SCRIPTS = [parse_script(*read(path)) for path in sorted((ROOT / "snippets").rglob("*.py"))]
SMALL = [script for script in SCRIPTS if script.smoke.overrides]


def what_runs(script: Script) -> ast.Module:
    """Return what a smoke run runs of a script."""
    cells = [script.cells[index] for index in script.smoke.left_out]
    left_out = {number for cell in cells for number in range(cell.first_statement, cell.end_statement)}
    statements = enumerate(top_level(ast.parse(script.text)))
    return ast.Module([statement for number, statement in statements if number not in left_out], [])


def test_the_page_of_the_course_names_each_script_with_small_values() -> None:
    text = (ROOT / "docs/course.md").read_text("utf-8")
    rows = re.findall(r"^\| `(\S+\.py)` \| `([^|]*)` \|$", text, re.M)
    values = {each.path: ", ".join(map(" = ".join, each.smoke.overrides)) for each in SMALL}
    assert dict(rows) == values


@pytest.mark.parametrize("script", SMALL, ids=lambda script: script.path)
def test_a_smoke_run_writes_nothing_that_the_course_keeps(script: Script) -> None:
    assert "write_text" not in ast.unparse(what_runs(script))
