"""Deck + results -> the deck's text with fresh bodies and link texts, which `sync` writes."""

from __future__ import annotations

import re
from collections.abc import Mapping

from deckwright.compose.compare import is_accepted
from deckwright.compose.escape import marked, marks_of
from deckwright.compose.fences import rebuilt
from deckwright.compose.foreign_rows import foreign_row
from deckwright.compose.show import accepted_text, shown_output, shown_value, shows_error
from deckwright.compose.written_values import accepted_label
from deckwright.model import Course, Deck, Diagnostic, Kind, Reference, Result, ValuePlace
from deckwright.text.fences import shown_code
from deckwright.text.lines import Lines
from deckwright.text.memory_addresses import without_addresses


def accept(deck: Deck, course: Course, results: Mapping[str, Result]) -> str:
    """Return the deck's text with fresh results accepted; all else stays byte for byte.

    A reference keeps its accepted text if its script failed or did not run here, or if the text still
    agrees as its `compare` asks: otherwise, text that differs in every run would never be up to date.
    """
    text: list[str] = []
    done = 0
    for reference in deck.references:
        new = _accepted(deck, course, reference, results)
        if new is not None and reference.start >= done:
            text += [deck.text[done : reference.start], new]
            done = reference.end
    return "".join([*text, deck.text[done:]])


def not_replaceable(deck: Deck, course: Course, results: Mapping[str, Result]) -> tuple[Diagnostic, ...]:
    """Return an error for each fence that may hold more than an accepted text: then nothing is replaced."""
    lines = Lines(deck.path, deck.text)
    differing = ((each, _differing(course, each, results)) for each in deck.references)
    found = (foreign_row(reference, fresh, lines) for reference, fresh in differing if fresh is not None)
    return tuple(filter(None, found))


def _accepted(deck: Deck, course: Course, reference: Reference, results: Mapping[str, Result]) -> str | None:
    if reference.kind is Kind.VALUE:
        result = _result(course, reference, results)
        return _link(deck, reference, result) if result else None
    body = _differing(course, reference, results)
    return None if body is None else rebuilt(deck, reference, reference.fence, [(reference.info, body)])


def _differing(course: Course, reference: Reference, results: Mapping[str, Result]) -> str | None:
    """Return the fresh body of a fence; None if there is none, or if the accepted one agrees with it."""
    body, is_error = _fresh(course, reference, results)
    return None if body is None or is_accepted(reference, body, is_error) else body


def _fresh(course: Course, reference: Reference, results: Mapping[str, Result]) -> tuple[str | None, bool]:
    """Return the body of a fence as its script gives it now, and whether it shows an error."""
    script = course.scripts.get(reference.target.path)
    if script and reference.kind is Kind.CODE:
        return shown_code(reference, script), False
    result = _result(course, reference, results)
    if script and result and reference.kind is Kind.OUTPUT:
        panels = shown_output(reference, script, result)
        return accepted_text(panels), shows_error(panels)
    return None, False


def _result(course: Course, reference: Reference, results: Mapping[str, Result]) -> Result | None:
    """Return what the script of a reference left, if it is known and good."""
    known = reference.target.path in course.scripts
    result = results.get(course.job_of(reference)) if known else None
    return None if result is None or result.failure else result


def _link(deck: Deck, reference: Reference, result: Result) -> str | None:
    """Return a link with a fresh text, and the emphasis that was around it (`[**97%**](…)`)."""
    try:
        shown = without_addresses(shown_value(reference, result.values))
    except ValueError:
        return None
    if is_accepted(reference, shown):
        return None
    new = (
        marked(shown, marks_of(reference.label, shown), _plain)
        if reference.place is ValuePlace.TEXT
        else accepted_label(deck, reference, shown)
    )
    rest = reference.start + 1 + len(reference.label)
    return f"[{new}{deck.text[rest : reference.end]}"


def _plain(text: str) -> str:
    """Escape only what is markup in the text of a link."""
    return re.sub(r"([\\\[\]*_`|<$&~])", r"\\\1", text)
