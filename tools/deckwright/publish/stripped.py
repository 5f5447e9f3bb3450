"""What students receive of a course: no solution of an exercise is in its code."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from deckwright.model import (
    Course,
    Deck,
    Dialect,
    ExpandedDeck,
    FenceOf,
    Kind,
    Output,
    Reference,
    Region,
    Result,
    Script,
    Solution,
    Statement,
)
from deckwright.parse import parse_deck, parse_script
from deckwright.parse.script import parse_program
from deckwright.parse.solutions import without_solutions
from deckwright.text.lines import NEWLINE, Lines
from deckwright.text.solutions import gap, without_lines

Results = Mapping[str, Result]
"""By job."""


def students_course(course: Course, results: Results) -> tuple[Course, Results]:
    """Return a course whose code has a line that raises in place of each solution, and its results.

    The results stay those of the whole scripts: a slide shows what a solution should print.
    """
    changed = {path: students_script(script) for path, script in course.scripts.items() if script.solutions}
    if not changed:
        return course, results
    decks = tuple(_students_deck(deck, changed) for deck in course.decks)
    students = replace(course, scripts={**course.scripts, **changed}, decks=decks)
    return students, {job: _result(result, course, students) for job, result in results.items()}


def without_notes(expanded: ExpandedDeck, dialect: Dialect) -> ExpandedDeck:
    """Return a deck whose notes are empty comments, as long as they were, so that no line moves."""
    text, done, parts = expanded.text, 0, list[str]()
    for note in parse_deck(expanded.path, text, dialect).notes:
        parts += [text[done : note.start], "<!-- ", *NEWLINE.findall(text, note.start, note.end), "-->"]
        done = note.end
    states = without_notes(expanded.states, dialect) if expanded.states else None
    return replace(expanded, text="".join([*parts, text[done:]]), states=states)


def students_script(script: Script) -> Script:
    """Return a script without its solutions."""
    if not script.solutions:
        return script
    if not script.path.endswith(".py"):
        return _students_program(script)
    text = without_solutions(script.path, script.text, script.solutions)
    students = parse_script(script.path, text)
    gone = {name: region for name, region in script.regions.items() if name not in students.regions}
    regions = {name: _region_of_gap(region, script, students) for name, region in gone.items()}
    return replace(students, regions={**students.regions, **regions})


def _region_of_gap(region: Region, script: Script, students: Script) -> Region:
    """Return the line in place of a solution as a region that was inside of it."""
    (around,) = (each for each in script.solutions if each.first_line < region.first_line < each.last_line)
    line = students_line(around.first_line, script)
    index = _statement(line, _statements(students))
    return Region(region.name, line, line, gap(around.exercise), index, index + 1, (line,))


# --- `exec` fences: their lines are those of the deck, so no line moves --------------------------------


def _students_program(script: Script) -> Script:
    lines = Lines(script.path, script.text)
    fences = []
    for unit in script.units:
        rows = [lines[number] for number in range(unit.first_line, unit.last_line + 1)]
        fences.append((unit.first_line, _without(rows, script.solutions, unit.first_line, in_place=True)))
    return parse_program(script.path, len(lines), fences)


def _students_deck(deck: Deck, changed: Mapping[str, Script]) -> Deck:
    if deck.program is None or deck.path not in changed:
        return deck
    references = tuple(_students_fence(each, deck.program.solutions) for each in deck.references)
    return replace(deck, references=references, program=changed[deck.path])


def _students_fence(reference: Reference, solutions: Sequence[Solution]) -> Reference:
    if not isinstance(reference.target, FenceOf) or reference.kind is not Kind.EXEC:
        return reference
    rows = reference.body.removesuffix("\n").split("\n")
    return replace(reference, body=_without(rows, solutions, reference.target.line) + "\n")


def _without(rows: Sequence[str], solutions: Sequence[Solution], first: int, in_place: bool = False) -> str:
    """Return rows, of which `first` is the line of the first one, without the solutions in them."""
    spans = [(each.first_line - first + 1, each.last_line - first + 1, each.exercise) for each in solutions]
    inside = [span for span in spans if 0 < span[0] <= len(rows)]
    return without_lines(Lines("", "\n".join(rows)), inside, in_place)


# --- results, which are addressed by statement ------------------------------------------------------------


def _result(result: Result, course: Course, students: Course) -> Result:
    job = course.jobs.get(result.job)
    if job is None or course.scripts[job.script] is students.scripts[job.script]:
        return result
    before, after = course.scripts[job.script], students.scripts[job.script]
    statements = _statements(after)
    outputs = [Output()] * len(statements)
    for statement, output in zip(_statements(before), result.outputs):
        index = _statement(students_line(statement.first_line, before), statements)
        outputs[index] = Output(
            (*outputs[index].parts, *output.parts), output.raised or outputs[index].raised
        )
    return replace(result, outputs=tuple(outputs))


def _statements(script: Script) -> list[Statement]:
    return [statement for unit in script.units for statement in unit.statements]


def _statement(line: int, statements: Sequence[Statement]) -> int:
    """Return the index of the statement in a line, or else of the last one above it."""
    return max((index for index, each in enumerate(statements) if each.first_line <= line), default=0)


def students_line(line: int, script: Script) -> int:
    """Return the line in which something of a script is without its solutions."""
    moves = script.path.endswith(".py")
    gone = 0
    for solution in script.solutions:
        if solution.first_line <= line <= solution.last_line:
            return solution.first_line - gone
        if solution.last_line < line and moves:
            gone += solution.last_line - solution.first_line
    return line - gone
