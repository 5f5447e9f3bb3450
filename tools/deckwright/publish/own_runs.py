"""Scripts of exercises, run as students get them: each must stop at the gap."""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

from deckwright.build.context import Context
from deckwright.build.pipeline import run_scripts
from deckwright.files.build_files import write_file
from deckwright.files.disk import Disk
from deckwright.files.scratch import Scratch
from deckwright.marp.packages import cache_folder
from deckwright.model import Course, Diagnostic, FailureKind, Figure, Job, Raised, Request, Result, Script
from deckwright.project.project import Project
from deckwright.publish.sources import Sources
from deckwright.publish.stripped import Results, students_line, students_script
from deckwright.text.lines import Lines

_Gap = tuple[str, int, str]
"""Path, line and exercise, as Python reports them of a student's script."""


def own_jobs(sources: Sources) -> dict[str, Job]:
    """Return the jobs that a gap may stop, with the code that students get, by id.

    They are those of scripts with exercises, and of scripts that import one.
    """
    course = sources.course
    return {
        id: _own(job, course.scripts[job.script])
        for id, job in course.jobs.items()
        if any(script.solutions for script in _all_scripts(sources, job))
    }


def own_results(context: Context, sources: Sources) -> Results:
    """Run what students get of scripts with exercises, unless it is known; return the results by job.

    They run in a folder that has their files and nothing else. `context` has the store for them.
    """
    jobs = own_jobs(sources)
    if not jobs:
        return {}
    # Not in build/: from there, a script that looks for the project above its folder would find it.
    with Scratch(cache_folder() / "scratch") as scratch:
        _write(scratch.path, sources, jobs.values())
        project = Project(scratch.path, Disk(scratch.path), context.project.settings)
        ports = replace(context.ports, runner=partial(context.ports.runner_in, scratch.path))
        scripts = {job.script: students_script(sources.course.scripts[job.script]) for job in jobs.values()}
        there = replace(context, project=project, ports=ports, request=Request())
        return run_scripts(there, Course((), scripts, jobs, {}))


def not_at_gap(sources: Sources, results: Results) -> Iterator[Diagnostic]:
    """Yield an error for each script that does not stop at the gap of an exercise.

    One may run to its end if its gaps are in functions: it need not call them.
    """
    for id, result in results.items():
        job = sources.course.jobs[id]
        scripts = [script for script in _all_scripts(sources, job) if script.solutions]
        own = sources.course.scripts[job.script]
        if problem := _problem(result, own, [gap for script in scripts for gap in _gaps(script)]):
            script = own if own.solutions else scripts[0]
            lines = Lines(script.path, script.text)
            message = f"without its solution, {job.script} does not stop at the gap: {problem}"
            hint = "let it reach the line of the solution, and nothing catch what that raises"
            place = lines.whole(script.solutions[0].first_line)
            yield lines.diagnostic("not-at-gap", message, place, hint)


def _problem(result: Result, script: Script, gaps: Collection[_Gap]) -> str:
    failure = result.failure
    if failure is None:
        return "it runs to its end" if _runs_a_gap(students_script(script), gaps) else ""
    raised = failure.raised or Raised("", "")
    places = [(frame.path, frame.line) for frame in raised.frames[-1:]]
    is_gap = failure.kind is FailureKind.RAISED and raised.type == "NotImplementedError"
    if is_gap and any((*place, raised.message) in gaps for place in places):
        return ""
    where = "".join(f" ({path}:{line})" for path, line in places)
    return f"it ends with {failure.message.partition(chr(10))[0]}{where}"


def _runs_a_gap(script: Script, gaps: Collection[_Gap]) -> bool:
    """Whether a gap of a script is outside of all functions, so that running the script runs it."""
    functions = [
        range(node.lineno, (node.end_lineno or node.lineno) + 1)
        for node in ast.walk(ast.parse(script.text))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]
    lines = (line for path, line, _ in gaps if path == script.path)
    return any(not any(line in function for function in functions) for line in lines)


def _gaps(script: Script) -> Iterator[_Gap]:
    for solution in script.solutions:
        yield script.path, students_line(solution.first_line, script), solution.exercise


def _all_scripts(sources: Sources, job: Job) -> list[Script]:
    """Return the script of a job, and the modules of the project that it imports."""
    own = sources.course.scripts[job.script]
    return [own, *(script for script in sources.scripts([job]) if script is not own)]


def _write(root: Path, sources: Sources, jobs: Collection[Job]) -> None:
    """Write what students get of these jobs into a folder."""
    scripts = {script.path: students_script(script).text.encode() for script in sources.scripts(jobs)}
    for path, data in {**scripts, **sources.data(jobs)}.items():
        write_file(root / path, data)
    for job in jobs:  # the fences of a deck have no file, but run in the folder of the deck
        (root / job.script).parent.mkdir(parents=True, exist_ok=True)


def _own(job: Job, script: Script) -> Job:
    """Return a job with the code that students get."""
    own = students_script(script)
    figures = filter(None, (_own_figure(figure, script, own) for figure in job.figures))
    imports = tuple(sorted(own.imports))
    return replace(
        job, source=own.text, units=own.units, cells=own.cells, imports=imports, figures=tuple(figures)
    )


def _own_figure(figure: Figure, script: Script, own: Script) -> Figure | None:
    """Return what draws a figure in a student's script; None for a cell that is in a solution."""
    if figure.cell is None:
        return figure
    line = students_line(script.cells[figure.cell].first_line, script)
    cells = [number for number, cell in enumerate(own.cells) if cell.first_line == line]
    return replace(figure, cell=cells[0]) if cells else None
