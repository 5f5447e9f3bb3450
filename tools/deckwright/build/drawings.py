"""The diagrams that have files of their own: drawn, or known from an earlier build."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from deckwright.build.context import Context
from deckwright.build.ports import Renderer
from deckwright.errors import RenderError, RenderTimeout
from deckwright.files.codec import encode
from deckwright.files.digests import digest_of
from deckwright.model import Course, Diagnostic, Drawing, Kind
from deckwright.text.lines import Lines

_HINTS = {
    "diagram": "correct it",
    "diagram-not-drawn": "draw it in another way",
    RenderTimeout.slug: "set browser_timeout in [tool.deckwright.marp] to more seconds",
}
_BY_CHANCE = (RenderError.slug, RenderTimeout.slug)


def draw(context: Context, renderer: Renderer, course: Course) -> dict[str, Drawing]:
    """Return what became of each diagram that decks show as a figure, by the path of the picture."""
    store, versions = context.ports.store, dict(context.ports.render_versions())
    decks = {path: deck_showing(course, path) for path in course.diagrams}
    keys = {path: digest_of([encode(source), versions]) for path, source in course.diagrams.items()}
    known = {path: context.known(Drawing, decks[path], key, path) for path, key in keys.items()}
    due = [path for path, drawing in known.items() if drawing is None]
    try:
        drawn = renderer.draw([course.diagrams[path] for path in due]) if due else ()
    except RenderError as error:
        failed = Drawing(slug=error.slug, message=error.message)
        return {path: drawing or failed for path, drawing in known.items()}
    for path, drawing in zip(due, drawn, strict=True):
        store.put_evidence(decks[path], keys[path], drawing, path)
        known[path] = drawing
    return {path: drawing for path, drawing in known.items() if drawing}


def may_be_remembered(drawings: Mapping[str, Drawing]) -> bool:
    """Whether all depends on the diagrams alone, and not on a browser that failed."""
    return not any(drawing.slug in _BY_CHANCE for drawing in drawings.values())


def undrawn(course: Course, drawings: Mapping[str, Drawing]) -> dict[str, str]:
    """Return why pictures were not drawn, for the slides that should show them."""
    failed = (path for path, drawing in drawings.items() if not drawing.picture)
    return {path: _reason(course.diagrams[path].path, drawings[path]) for path in failed}


def _reason(path: str, drawing: Drawing) -> str:
    return f"{path} was not drawn: {drawing.message}" if drawing.slug in _BY_CHANCE else f"{path} is wrong"


def drawing_diagnostics(course: Course, drawings: Mapping[str, Drawing]) -> Iterator[Diagnostic]:
    """Yield what is wrong with diagrams that were not drawn."""
    for path, drawing in drawings.items():
        if not drawing.picture:
            source = course.diagrams[path]
            lines = Lines(source.path, source.text)
            place = lines.written(max(1, drawing.line))
            yield lines.diagnostic(drawing.slug, drawing.message, place, _HINTS.get(drawing.slug, ""))


def deck_showing(course: Course, path: str) -> str:
    """Return the first deck that shows a picture: what is known of it is kept for that deck."""
    shown = (
        deck.path
        for deck in course.decks
        for reference in deck.references
        if reference.kind is Kind.FIGURE and reference.target.path == path
    )
    return next(shown)
