"""A course in memory: decks and scripts as text, resolved, with results made by hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from deckwright.model import Course, Deck, Diagnostic, Failure, Output, Printed, Result, Rich, Script
from deckwright.parse import parse_deck, parse_diagram, parse_script, parse_text_file
from deckwright.resolve import resolve
from deckwright.text.diagrams import language_of

DECK = "slides/deck.md"
SCRIPT = "snippets/a.py"


def course_of(deck: str, scripts: Mapping[str, str], files: Sequence[str] = ()) -> Course:
    """Parse and resolve one deck against scripts; `files` are there, too."""
    parsed = {path: _parsed(path, text) for path, text in scripts.items()}
    known = {*scripts, *files}
    diagrams = {path: parse_diagram(path, text) for path, text in scripts.items() if language_of(path)}
    decks = [parse_deck(DECK, deck)]
    return resolve(decks, parsed, sorted(scripts), known.__contains__, diagrams=diagrams)


def _parsed(path: str, text: str) -> Script:
    return parse_script(path, text) if path.endswith(".py") else parse_text_file(path, text)


def deck_of(course: Course) -> Deck:
    (deck,) = course.decks
    return deck


def result_of(
    *printed: str, job: str = SCRIPT, failure: Failure | None = None, **values: Any
) -> dict[str, Result]:
    """Return the result of a job: what each statement printed, and its values."""
    outputs = tuple(output(stdout=text) for text in printed)
    return {job: Result(job, "cpu", 0.1, outputs, values, failure=failure)}


def described(diagnostics: Sequence[Diagnostic]) -> str:
    """Return diagnostics as a test expects them: place, slug, the text under the caret, hint."""
    return "\n".join(map(_described, diagnostics))


def _described(diagnostic: Diagnostic) -> str:
    place = diagnostic.location
    pointed = diagnostic.source[place.column - 1 : place.column - 1 + place.length]
    where = f"{place.path}:{place.line}:{place.column}"
    return f"{where} {diagnostic.slug} <{pointed}> {diagnostic.message}" + (
        f" | {diagnostic.hint}" if diagnostic.hint else ""
    )


def output(
    stdout: str = "", stderr: str = "", display: Mapping[str, str] | Rich | None = None, **rest: Any
) -> Output:
    """Return what a statement printed on each stream, and then displayed."""
    printed = [Printed(stream, text) for stream, text in (("stdout", stdout), ("stderr", stderr)) if text]
    rich = Rich(display) if isinstance(display, Mapping) else display
    return Output((*printed, *([rich] if rich else [])), **rest)
