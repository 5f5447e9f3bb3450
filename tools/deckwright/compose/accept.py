"""Deck + results -> the deck's text with fresh bodies and link texts: what `sync` writes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from deckwright.compose.compare import agrees
from deckwright.compose.escape import fence, marked, marks_of
from deckwright.compose.show import PanelKind, accepted_text, shown_output, shown_value
from deckwright.model import Course, Deck, Kind, Reference, Result
from deckwright.text.fences import shown_code


def accept(deck: Deck, course: Course, results: Mapping[str, Result]) -> str:
    """Return the deck's text as its author would accept it; all else stays byte for byte.

    What failed, or did not run here, keeps its accepted text; so does what still agrees with it as its
    author wants it compared, or else what differs in every run would have to be accepted for ever.
    """
    text: list[str] = []
    done = 0
    for reference, new in _replacements(deck, course, results):
        text += [deck.text[done : reference.start], new]
        done = reference.end
    return "".join([*text, deck.text[done:]])


def _replacements(
    deck: Deck, course: Course, results: Mapping[str, Result]
) -> Iterator[tuple[Reference, str]]:
    for reference in deck.references:
        new = _accepted(deck, course, reference, results.get(reference.target.path))
        if new is not None:
            yield reference, new


def _accepted(deck: Deck, course: Course, reference: Reference, result: Result | None) -> str | None:
    script = course.scripts.get(reference.target.path)
    if script is None:
        return None
    if reference.kind is Kind.CODE:
        body = shown_code(reference, script)
        return None if _agrees(reference, body, "exact") else _fence(deck, reference, body)
    if result is None or result.failure:
        return None
    if reference.kind is Kind.OUTPUT:
        parts = shown_output(reference, script, result)
        fresh, is_error = accepted_text(parts), any(part.form is PanelKind.ERROR for part in parts)
        agreed = _agrees(reference, fresh, reference.display.compare, is_error)
        return None if agreed else _fence(deck, reference, fresh)
    if reference.kind is Kind.VALUE:
        return _link(deck, reference, result)
    return None


def _agrees(reference: Reference, fresh: str, how: str, is_error: bool = False) -> bool:
    return bool(reference.body.strip()) and agrees(reference.body, fresh, how, is_error)


def _fence(deck: Deck, reference: Reference, body: str) -> str:
    source = deck.text[reference.start : reference.end]
    first = source[: source.index(reference.fence)]
    newline = "\r\n" if "\r\n" in deck.text else "\n"
    new = fence(reference.info, body, reference.fence, first, reference.prefix, newline)
    return new + (newline if source.endswith(("\n", "\r")) else "")


def _link(deck: Deck, reference: Reference, result: Result) -> str | None:
    """Replace a link's text, keeping emphasis around it (`[**97%**](…)`)."""
    try:
        shown = shown_value(reference, result.values)
    except ValueError:
        return None
    if _agrees(reference, shown, reference.display.compare):
        return None
    new = marked(shown, marks_of(reference.label, shown), _plain)
    rest = reference.start + 1 + len(reference.label)
    return f"[{new}{deck.text[rest : reference.end]}"


def _plain(text: str) -> str:
    """Escape no more than what Markdown would read in the text of a link."""
    return re.sub(r"([\\\[\]*_`|<$&~])", r"\\\1", text)
