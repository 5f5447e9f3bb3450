"""Evidence for checks, made from the text of a deck."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from deckwright.compose.compose import compose
from deckwright.model import BuiltDeck, Course, Diagnostic, Evidence, Plan, RenderedDeck, State, Step
from support.course import DECK, SCRIPT, course_of, deck_of, result_of

CODE = "# region a\nprint(1)\n# endregion a\n# region b\nprint(2)\n# endregion b\n"
SHOWN = "```text output=../snippets/a.py#b\n2\n```\n"


def evidence_of(text: str, scripts: Mapping[str, str] | None = None, **fields: object) -> Evidence:
    """Return the evidence on a deck and a script whose regions `a` and `b` print 1 and 2."""
    course = course_of(text, scripts or {SCRIPT: CODE})
    results = result_of("1\n", "2\n")
    expanded = compose(deck_of(course), course, results)
    built = BuiltDeck(deck_of(course), expanded, RenderedDeck(DECK, 1))
    evidence = Evidence(course, plan_of(course), results, (built,))
    return replace(evidence, **fields)  # type: ignore[arg-type]


def plan_of(course: Course, state: State = State.FRESH) -> Plan:
    return Plan(tuple(Step(job, "", {}, state, "cuda is absent here") for job in course.jobs.values()))


def places(diagnostics: Iterable[Diagnostic]) -> list[tuple[str, int]]:
    """Return slug and line of each diagnostic."""
    return [(diagnostic.slug, diagnostic.location.line) for diagnostic in diagnostics]
