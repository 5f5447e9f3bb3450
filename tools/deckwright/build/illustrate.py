"""Pictures of slides where something is wrong that the browser did not measure, with the places marked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from deckwright.build.context import Context
from deckwright.build.pages import Page
from deckwright.build.ports import Renderer
from deckwright.build.summary import summarise
from deckwright.checks import run_checks
from deckwright.errors import RenderError
from deckwright.files import codec
from deckwright.files.digests import digest_of
from deckwright.model import Deck, Diagnostic, Evidence, ExpandedDeck, Place, SlidePictures
from deckwright.text.fences import built_slides

_FOLDER = "places"


def marked_slides(
    context: Context, renderer: Renderer, pages: Sequence[Page], evidence: Evidence, folder: str
) -> dict[str, SlidePictures]:
    """Return the pictures by deck, none where the browser failed; they lie in `folder`, below build/."""
    report = summarise(evidence, 0.0, {})
    found = run_checks(evidence, (*report.diagnostics, *(each.diagnostic for each in report.accepted)))
    decks = {deck.path for deck in evidence.course.decks}
    marked = {}
    for page in pages:
        places = tuple(dict.fromkeys(_places(page.deck, page.expanded, found)))
        if places and page.deck.path in decks:
            try:
                marked[page.deck.path] = _marked(context, renderer, page, places, folder)
            except RenderError:  # a slide without a picture is no reason to end a check
                marked[page.deck.path] = SlidePictures(page.deck.path, {})
    return marked


def illustrated(evidence: Evidence, found: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
    """Yield diagnostics, those without a picture with one of their slide."""
    decks = {deck.path: deck for deck in evidence.course.decks}
    pictures = {path: _by_source(decks[path], marked.pictures) for path, marked in evidence.marked.items()}
    for each in found:
        path = each.location.path
        if _is_to_mark(decks.get(path), each):
            yield replace(each, picture=pictures.get(path, {}).get(decks[path].slide_of(each), ""))
        else:
            yield each


def _marked(
    context: Context, renderer: Renderer, page: Page, places: Sequence[Place], folder: str
) -> SlidePictures:
    store, deck = context.ports.store, page.deck.path
    key = digest_of([page.key, [codec.encode(place) for place in places]])
    known = context.known(SlidePictures, deck, key)
    if known and all((context.build / path).is_file() for path in known.pictures.values()):
        return known
    marked = renderer.mark(page.request, places, context.build / folder / page.name / _FOLDER)
    store.put_evidence(deck, key, marked)
    return marked


def _places(deck: Deck, expanded: ExpandedDeck, found: Iterable[Diagnostic]) -> Iterator[Place]:
    numbers = [slide.number for slide in built_slides(deck)]
    for each in found:
        if each.location.path == deck.path and _is_to_mark(deck, each):
            at = each.location.line
            line = next((number for number, source in enumerate(expanded.lines, 1) if source >= at), 1)
            yield Place(each.slug, numbers.index(deck.slide_of(each)) + 1, line)


def _is_to_mark(deck: Deck | None, diagnostic: Diagnostic) -> bool:
    """Whether a diagnostic is about a slide, and has no picture."""
    on_slide = deck is not None and (diagnostic.slide or diagnostic.location.line >= deck.slides[0].line)
    return bool(on_slide) and not diagnostic.picture


def _by_source(deck: Deck, pictures: Mapping[int, str]) -> dict[int, str]:
    """Return pictures by the number of the slide in the source; of several steps the first."""
    slides = built_slides(deck)
    return {slides[number - 1].number: path for number, path in sorted(pictures.items(), reverse=True)}
