"""What was noticed of the states of slides, as diagnostics of the slides themselves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from deckwright.model import ControlledPage, PageDiagnostic, RenderRequest, SlideDiagnostic, SlideState


def slides_of_states(controlled: Iterable[ControlledPage]) -> dict[int, ControlledPage]:
    """Return the slides that show a state besides the accepted one, by number, counted from 1.

    Those that show an error or a note do not count: a diagnostic of its own says so.
    """
    return {number: page for number, page, _ in _states(controlled)}


def of_states(found: Iterable[SlideDiagnostic], request: RenderRequest) -> tuple[SlideDiagnostic, ...]:
    """Return diagnostics of states as those of the slides that have them."""
    places = {number: (page, state) for number, page, state in _states(request.controlled)}
    return tuple(_of_slide(each, *places[each.slide], request.state_lines) for each in found)


def only_of_states(
    own: Iterable[PageDiagnostic], found: Iterable[PageDiagnostic], lines: Sequence[int]
) -> Iterator[PageDiagnostic]:
    """Yield the diagnostics of a page with all states that the page itself does not have, at its lines."""
    known = {(each.slug, each.message, each.address) for each in own}
    for each in found:
        if (each.slug, each.message, each.address) not in known:
            line = lines[each.line - 1] if 0 < each.line <= len(lines) else 0
            yield replace(each, line=line)


def pictures_of_states(pictures: Mapping[int, str], controlled: Iterable[ControlledPage]) -> dict[int, str]:
    """Return for each slide the picture of the first of its states that has one."""
    found: dict[int, str] = {}
    for number, page, _ in _states(controlled):
        if number in pictures:
            found.setdefault(page.page + 1, pictures[number])
    return found


def _states(controlled: Iterable[ControlledPage]) -> Iterator[tuple[int, ControlledPage, SlideState]]:
    for page in controlled:
        for state in page.states:
            if state.overrides and state.number not in page.lacking:
                yield page.first + state.number + 1, page, state


def _of_slide(
    found: SlideDiagnostic, page: ControlledPage, state: SlideState, lines: Sequence[int]
) -> SlideDiagnostic:
    line = lines[found.line - 1] if 0 < found.line <= len(lines) else 0
    return replace(found, slide=page.page + 1, line=line, message=f"{found.message} (with {state})")
