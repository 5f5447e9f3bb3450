"""The states of slides with what-if controls, as slides of a deck of their own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field

from deckwright.compose.composer import Composer
from deckwright.frozen import dataclass
from deckwright.model import ControlledPage, Course, Deck, ExpandedDeck, Result, Slide, states_of
from deckwright.text.fences import steps_of


def compose_states(
    deck: Deck,
    course: Course,
    results: Mapping[str, Result],
    missing: Mapping[str, str],
    undrawn: Mapping[str, str],
) -> tuple[ExpandedDeck, tuple[ControlledPage, ...]]:
    """Return a deck with each slide that has controls in all of its states, and which pages have them.

    The other slides stay as the author wrote them: they are there for the directives in them.
    """
    composer = _StatesComposer(deck, course, results, missing, undrawn)
    expanded = composer.expanded()
    return expanded, tuple(composer.controlled)


@dataclass(eq=False)
class _StatesComposer(Composer):
    """A walk over a deck that shows every state, and no results where there is only one."""

    controlled: list[ControlledPage] = field(default_factory=list)
    _pages: int = 0
    """How many pages the deck has so far."""
    _count: int = 0
    """How many this one has."""

    def _slide(self, slide: Slide) -> None:
        references = self._references(slide)
        steps = range(steps_of(references))
        controls = self.course.controls_of(self.deck.path, slide.number)
        if not controls:
            self._copy(slide.start, slide.end)
            self._count += 1
        is_first = True
        for page in steps if controls else ():
            first, lacking = self._count, []
            for state in states_of(controls):
                self.chosen, self.replaced = state.overrides, {}
                self._page(slide, references, page, is_first=is_first)
                lacking += [state.number] if self.replaced else []
                self._count, is_first = self._count + 1, False
            number = self._pages + page
            self.controlled.append(ControlledPage(number, slide.number, controls, first, tuple(lacking)))
        self._pages += len(steps)
        self.chosen = ()
