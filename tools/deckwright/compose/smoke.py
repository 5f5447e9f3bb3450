"""Smoke runs on slides: which results are those of small values, and what such a run leaves out."""

from __future__ import annotations

import ast
from collections.abc import Mapping, Sequence

from deckwright.model import Course, Job, Kind, Reference, Result, value_path
from deckwright.text.bound_names import binding_lines
from deckwright.text.fences import output_range

_COMMENT = "<!-- lint ignore deckwright-smoke -->"
"""Stands before the text of a mark: pages show that in a corner of the slide (marp/js/marks.mjs)."""

_MOST_CHARACTERS = 70
"""Longest text of values on a slide."""

_RESULTS = (Kind.OUTPUT, Kind.VALUE, Kind.FIGURE)


def smoke_mark(course: Course, references: Sequence[Reference], results: Mapping[str, Result]) -> str:
    """Return what a slide says of the results of a smoke run that it shows; empty if it shows none."""
    shown = [each for each in references if each.kind in _RESULTS and course.is_small(course.job_of(each))]
    left_out = [each for each in shown if is_left_out(course, each, results)]
    jobs = {course.job_of(each): None for each in shown if each not in left_out}
    overrides = {pair: None for job in jobs if job in results for pair in course.jobs[job].variant.overrides}
    values = ", ".join(f"{name} = {value}" for name, value in overrides)
    if len(values) > _MOST_CHARACTERS:
        values = f"{values[:_MOST_CHARACTERS]}…"
    accepted = "accepted results" if not values else "some results accepted"
    return "; ".join(filter(None, [values, accepted if left_out else ""]))


def with_comment(mark: str) -> str:
    """Return a mark as Markdown: a paragraph, and the comment that says what it is."""
    return f"{_COMMENT}\n\n*{mark}*"


def is_left_out(course: Course, reference: Reference, results: Mapping[str, Result]) -> bool:
    """Whether a smoke run makes nothing of what a reference shows: it is in a cell that does not run."""
    job = course.jobs.get(course.job_of(reference))
    if job is None or not job.variant.left_out:
        return False
    match reference.kind:
        case Kind.OUTPUT | Kind.CODE:
            cells = [job.cells[index] for index in job.variant.left_out]
            left_out = {n for cell in cells for n in range(cell.first_statement, cell.end_statement)}
            shown = {*range(*output_range(reference, course.scripts[job.script]))}
            return bool(shown) and shown <= left_out
        case Kind.VALUE:
            name, result = value_path(reference.target.name)[0], results.get(job.id)
            return result is not None and (name not in result.values or _is_set_last_in_left_out(job, name))
        case Kind.FIGURE:
            return course.figures[reference.target.path].figure not in job.figures
    return False


def _is_set_last_in_left_out(job: Job, name: str) -> bool:
    """Whether the last line that sets a name is in a cell that does not run."""
    lines = binding_lines(ast.parse(job.source), name)
    cells = [job.cells[index] for index in job.variant.left_out]
    return bool(lines) and any(cell.first_line <= lines[-1] <= cell.last_line for cell in cells)
