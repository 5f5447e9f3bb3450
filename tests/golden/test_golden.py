"""Tiny projects, each with its expanded decks and all diagnostics.

`pytest --accept tests/golden` rewrites the expected files; read their diff.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from deckwright.build.pipeline import Request, build
from deckwright.build.read import read_course
from deckwright.compose.compose import compose
from deckwright.model import Artifact, Job, Result
from support.course import described, output
from support.fakes import House, house

HERE = Path(__file__).parent
PROJECTS = sorted(path.parent.name for path in HERE.glob("*/results.toml"))


def home_of(name: str, root: Path) -> House:
    files = (
        path for folder in ("slides", "snippets", "figures") for path in (HERE / name / folder).rglob("*.*")
    )
    home = house(root, {path.relative_to(HERE / name).as_posix(): path.read_bytes() for path in files})
    results = tomllib.loads((HERE / name / "results.toml").read_text("utf-8"))
    home.runner.results = {job: _giving(result) for job, result in results.items()}
    return home


def _giving(result: dict[str, Any]) -> Callable[[Job], Result]:
    outputs = tuple(output(out.get("stdout", ""), display=out.get("display")) for out in result["outputs"])
    artifacts = tuple(Artifact(name, b"<svg/>") for name in result.get("artifacts", ()))
    return lambda job: Result(job.id, job.device, 0.1, outputs, result.get("values", {}), artifacts)


@pytest.mark.parametrize("name", PROJECTS)
def test_golden(name: str, tmp_path: Path, accepting: bool) -> None:
    home = home_of(name, tmp_path)
    report = build(home.context(Request()))
    made = {path: data.decode() for path, data in home.built().items() if path.startswith("slides/")}
    made = {Path(path).name: text for path, text in made.items()} | {
        "diagnostics.txt": described(report.diagnostics) + "\n"
    }
    folder = HERE / name / "expected"
    if accepting:
        folder.mkdir(exist_ok=True)
        for path, text in made.items():
            (folder / path).write_text(text, "utf-8")
    assert made == {path.name: path.read_text("utf-8") for path in folder.iterdir()}


@pytest.mark.parametrize("name", PROJECTS)
def test_every_line_of_an_expanded_deck_comes_from_a_line_of_the_source(name: str, tmp_path: Path) -> None:
    course = read_course(home_of(name, tmp_path).project, ())
    for deck in course.decks if not course.diagnostics else ():
        expanded = compose(deck, course, {})
        rows, source = expanded.text.split("\n"), deck.text.split("\n")
        assert len(rows) == len(expanded.lines)
        assert expanded.lines[0] == 1
        assert all(1 <= line <= len(source) for line in expanded.lines)
