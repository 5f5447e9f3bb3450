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
    Reference,
    Region,
    Script,
    Solution,
)
from deckwright.parse import parse_deck, parse_script
from deckwright.parse.solutions import without_solutions
from deckwright.text.lines import NEWLINE, Lines
from deckwright.text.solutions import gap, without_lines


def students_course(course: Course) -> Course:
    """Return a course whose code has a line that raises in place of each solution.

    Its results stay those of the whole scripts: a slide shows what a solution should print.
    """
    if not any(script.solutions for script in course.scripts.values()):
        return course
    scripts = {path: students_script(script) for path, script in course.scripts.items()}
    decks = tuple(_students_deck(deck) for deck in course.decks)
    return replace(course, scripts=scripts, decks=decks)


def without_notes(expanded: ExpandedDeck, dialect: Dialect) -> ExpandedDeck:
    """Return a deck whose notes are empty comments, as long as they were, so that no line moves."""
    text, done, parts = expanded.text, 0, list[str]()
    for note in parse_deck(expanded.path, text, dialect).notes:
        parts += [text[done : note.start], "<!-- ", *NEWLINE.findall(text, note.start, note.end), "-->"]
        done = note.end
    return replace(expanded, text="".join([*parts, text[done:]]))


def students_script(script: Script) -> Script:
    """Return a script with other code, whose statements are counted as in the whole one."""
    if not (script.solutions and script.path.endswith(".py")):
        return script
    text = without_solutions(script.path, script.text, script.solutions)
    shown = parse_script(script.path, text).regions
    regions = {
        name: replace(region, code=_code(region, shown, script)) for name, region in script.regions.items()
    }
    return replace(script, text=text, regions=regions, solutions=())


def _code(region: Region, shown: Mapping[str, Region], script: Script) -> str:
    """Return the code of a region; for one inside of a solution, the line in its place."""
    if region.name in shown:
        return shown[region.name].code
    (around,) = (each for each in script.solutions if each.first_line < region.first_line < each.last_line)
    return gap(around.exercise)


def _students_deck(deck: Deck) -> Deck:
    solutions = deck.program.solutions if deck.program else ()
    if not solutions:
        return deck
    return replace(deck, references=tuple(_students_fence(each, solutions) for each in deck.references))


def _students_fence(reference: Reference, solutions: Sequence[Solution]) -> Reference:
    """Return a reference; an `exec` fence has a body without solutions."""
    if not isinstance(reference.target, FenceOf) or reference.kind is not Kind.EXEC:
        return reference
    above, rows = reference.target.line - 1, reference.body.count("\n")
    spans = [(each.first_line - above, each.last_line - above, each.exercise) for each in solutions]
    inside = [span for span in spans if 0 < span[0] <= rows]
    return replace(reference, body=without_lines(Lines("", reference.body), inside))
