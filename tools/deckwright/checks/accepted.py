"""What authors accept at its place: it is reported, and does not count."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from deckwright.frozen import dataclass
from deckwright.model import Acceptance, Accepted, Course, Deck, Diagnostic
from deckwright.text.lines import Lines

OF_MACHINES = frozenset({"accepted-result", "never-ran"})
"""Slugs that depend on what a machine has."""


@dataclass(frozen=True, slots=True)
class Sorted:
    """Diagnostics, those that are accepted apart."""

    left: tuple[Diagnostic, ...]
    accepted: tuple[Accepted, ...]
    unused: tuple[tuple[Acceptance, str], ...]
    """Each slug that an acceptance names and nothing needs."""


def sort_accepted(course: Course, diagnostics: Iterable[Diagnostic]) -> Sorted:
    """Return which diagnostics are accepted: those on the slide of an acceptance, or in its script.

    Where one of them has a cause, so are all others of its file with the same cause.
    """
    found = tuple(diagnostics)
    decks = {deck.path: deck for deck in course.decks}
    reasons: dict[Diagnostic, str] = {}
    unused: list[tuple[Acceptance, str]] = []
    for acceptance in course.acceptances:
        for slug in acceptance.slugs:
            meant = [each for each in found if each.slug == slug and _is_at(acceptance, each, decks)]
            causes = {each.cause.name for each in meant if each.cause}
            path = acceptance.location.path
            meant += [each for each in found if each.slug == slug and _has_cause(each, path, causes)]
            reasons |= {each: acceptance.reason for each in meant if each not in reasons}
            unused += [] if meant else [(acceptance, slug)]
    left = tuple(each for each in found if each not in reasons)
    accepted = tuple(Accepted(each, reasons[each]) for each in found if each in reasons)
    return Sorted(left, accepted, tuple(unused))


def unused_acceptances(
    course: Course, unused: Iterable[tuple[Acceptance, str]], found: Collection[Diagnostic]
) -> Iterator[Diagnostic]:
    """Warn of each acceptance that nothing needs, and name what there is at its place."""
    decks = {deck.path: deck for deck in course.decks}
    texts = {path: script.text for path, script in course.scripts.items()}
    texts |= {path: deck.text for path, deck in decks.items()}
    for acceptance, slug in unused:
        others = sorted({each.slug for each in found if _is_at(acceptance, each, decks)})
        hint = f"there is {', '.join(others)}" if others else "remove it"
        message = f"nothing here is {slug} any more"
        lines = Lines(acceptance.location.path, texts[acceptance.location.path])
        yield lines.warning("unused-acceptance", message, acceptance.location, hint, slug)


def _is_at(acceptance: Acceptance, diagnostic: Diagnostic, decks: dict[str, Deck]) -> bool:
    """Whether a diagnostic is in the script of an acceptance, or on its slide."""
    path = diagnostic.location.path
    if path != acceptance.location.path:
        return False
    if not acceptance.slide:
        return True
    return acceptance.slide == decks[path].slide_of(diagnostic)


def _has_cause(diagnostic: Diagnostic, path: str, causes: Collection[str]) -> bool:
    cause = diagnostic.cause
    return cause is not None and cause.name in causes and diagnostic.location.path == path
