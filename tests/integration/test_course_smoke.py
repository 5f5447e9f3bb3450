"""The small values of the course's long scripts: what a smoke run leaves alone. Nothing runs here."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from deckwright.model import Deck, Kind, Script, value_path
from deckwright.parse import parse_deck, parse_script
from deckwright.parse.bound_names import written_names
from deckwright.text.syntax import top_level

ROOT = Path(__file__).parents[2]


def read(path: Path) -> tuple[str, str]:
    return path.relative_to(ROOT).as_posix(), path.read_text("utf-8")


SCRIPTS = [parse_script(*read(path)) for path in sorted((ROOT / "snippets").rglob("*.py"))]
SMALL = [script for script in SCRIPTS if script.smoke.overrides]


def left_out(script: Script) -> set[int]:
    """Return the statements that a smoke run leaves out."""
    cells = [script.cells[index] for index in script.smoke.left_out]
    return {number for cell in cells for number in range(cell.first_statement, cell.end_statement)}


def halves(script: Script) -> tuple[ast.Module, ast.Module]:
    """Return what a smoke run runs of a script, and what it leaves out."""
    statements = list(enumerate(top_level(ast.parse(script.text))))
    without = left_out(script)
    runs = [statement for number, statement in statements if number not in without]
    rest = [statement for number, statement in statements if number in without]
    return ast.Module(runs, []), ast.Module(rest, [])


def decks() -> list[Deck]:
    return [parse_deck(*read(path)) for path in sorted((ROOT / "slides").glob("*.md"))]


def test_the_page_of_the_course_names_each_script_with_small_values() -> None:
    text = (ROOT / "docs/course.md").read_text("utf-8")
    rows = re.findall(r"^\| `(\S+\.py)` \| `([^|]*)` \|$", text, re.M)
    values = {each.path: ", ".join(map(" = ".join, each.smoke.overrides)) for each in SMALL}
    assert dict(rows) == values


@pytest.mark.parametrize("script", SMALL, ids=lambda script: script.path)
def test_a_smoke_run_writes_nothing_that_the_course_keeps(script: Script) -> None:
    runs, _ = halves(script)
    assert "write_text" not in ast.unparse(runs)


def test_slides_take_no_value_from_a_name_that_a_left_out_cell_sets_again() -> None:
    """Else a smoke run shows what the name was before, and not the accepted value."""
    again = {
        (script.path, name)
        for script in SMALL
        for name in frozenset.intersection(*(written_names([half]) for half in halves(script)))
    }
    values = {
        (each.target.path, value_path(each.target.name)[0])
        for deck in decks()
        for each in deck.references
        if each.kind is Kind.VALUE
    }
    assert values & again == set()
