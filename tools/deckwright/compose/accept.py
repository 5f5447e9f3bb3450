"""Deck + results -> the deck's text with fresh bodies and link texts, which `sync` writes."""

from __future__ import annotations

import re
from collections.abc import Mapping

from deckwright.compose.compare import is_accepted
from deckwright.compose.escape import marked, marks_of
from deckwright.compose.fences import rebuilt
from deckwright.compose.show import accepted_text, shown_output, shown_value, shows_error
from deckwright.compose.written_values import accepted_label
from deckwright.model import Course, Deck, Kind, Reference, Result, ValuePlace
from deckwright.text.fences import shown_code
from deckwright.text.memory_addresses import without_addresses


def accept(deck: Deck, course: Course, results: Mapping[str, Result]) -> str:
    """Return the deck's text with fresh results accepted; all else stays byte for byte.

    A reference keeps its accepted text if its script failed or did not run here, or if the text still
    agrees as its `compare` asks: otherwise, text that differs in every run would never be up to date.
    """
    text: list[str] = []
    done = 0
    for reference in deck.references:
        new = _accepted(deck, course, reference, results.get(course.job_of(reference)))
        if new is not None:
            text += [deck.text[done : reference.start], new]
            done = reference.end
    return "".join([*text, deck.text[done:]])


def _accepted(deck: Deck, course: Course, reference: Reference, result: Result | None) -> str | None:
    script = course.scripts.get(reference.target.path)
    if script is None:
        return None
    if reference.kind is Kind.CODE:
        return _fence(deck, reference, shown_code(reference, script))
    if result is None or result.failure:
        return None
    if reference.kind is Kind.OUTPUT:
        panels = shown_output(reference, script, result)
        return _fence(deck, reference, accepted_text(panels), shows_error(panels))
    if reference.kind is Kind.VALUE:
        return _link(deck, reference, result)
    return None


def _fence(deck: Deck, reference: Reference, body: str, is_error: bool = False) -> str | None:
    if is_accepted(reference, body, is_error):
        return None
    return rebuilt(deck, reference, reference.fence, [(reference.info, body)])


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
