"""Lectures with scripts for tests of notebooks, and their cells as short texts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from deckwright.compose.compose import compose
from deckwright.formats import Lecture
from deckwright.model import Artifact, Output, Result
from support.course import course_of, deck_of, output

NO_PICTURES: Mapping[str, bytes] = {}


def lecture_with(
    deck: str,
    scripts: Mapping[str, str],
    results: Mapping[str, Result] | None = None,
    files: Mapping[str, bytes] = NO_PICTURES,
) -> Lecture:
    """Return the lecture of a deck that shows scripts.

    Without `results`, each statement of a script that prints a literal prints its own code.
    """
    course = course_of(deck, scripts, list(files))
    known = results if results is not None else {job: _printed(course, job) for job in course.jobs}
    drawn = {
        path: artifact
        for path, source in course.figures.items()
        for artifact in (known[source.job].artifacts if source.job in known else ())
        if artifact.name == str(source.figure)
    }
    expanded = compose(deck_of(course), course, known)
    return Lecture(deck_of(course), expanded, course, known, drawn, files)


def _printed(course: Any, job: str) -> Result:
    rows = course.jobs[job].source.split("\n")
    statements = [each for unit in course.jobs[job].units for each in unit.statements]
    printed = [rows[each.first_line - 1].strip() for each in statements]
    outputs = tuple(output(f"<{row}>\n" if row.startswith("print(") else "") for row in printed)
    figures = [each.name for each in course.jobs[job].figures]
    artifacts = tuple(Artifact(f"{name}.svg", b"<svg/>", each) for each, name in enumerate(figures))
    return Result(job, "cpu", 0.1, outputs or (Output(),), artifacts=artifacts)


def brief(cells: list[dict[str, Any]]) -> list[str]:
    """Return cells as texts: what each is, its source, and what it left."""
    return [_brief(cell) for cell in cells]


def _brief(cell: dict[str, Any]) -> str:
    source = cell["source"]
    if cell["cell_type"] != "code":
        return f"{cell['cell_type']}: {source}"
    jupyter = cell["metadata"].get("jupyter", {})
    kind = ("hidden" if "outputs_hidden" in jupyter else "output") if jupyter else "code"
    kind += " raises" if "raises-exception" in cell["metadata"].get("tags", ()) else ""
    left = "".join(_left(each) for each in cell["outputs"])
    text = "setup" if "def _scripts" in source else source
    return f"{kind}: {text}" + (f" -> {left.strip()}" if left else "")


def _left(output: dict[str, Any]) -> str:
    if output["output_type"] == "stream":
        return str(output["text"])
    if output["output_type"] == "error":
        return f"[{output['ename']}: {output['evalue']}]"
    return f"[{' '.join(output['data'])}]"
