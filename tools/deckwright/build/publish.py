"""What a build writes below build/: pages that are out of date, the report, the page of a check."""

from __future__ import annotations

import time
from collections.abc import Collection, Sequence
from itertools import filterfalse

from deckwright.build.pages import Page, check_file, index_file, made_files, page_files, report_file
from deckwright.build.ports import Emit, Renderer
from deckwright.build.inspect import CHECKED
from deckwright.files.digests import digest
from deckwright.model import RenderedDeck, Report, Request, events
from deckwright.text.paths import is_outside
from deckwright.project.project import Project
from deckwright.store import RenderRecord, Store
from deckwright.build.summary import merged
from deckwright.files.atomic import remove_temporary
from deckwright.files.build_files import unchanged, write_file


def publish(project: Project, store: Store, renderer: Renderer, page: Page, emit: Emit) -> RenderRecord:
    """Return a deck's rendering: the last one if nothing changed since, else a fresh one."""
    return _current(project, store, page) or _render(project, store, renderer, page, emit)


def _current(project: Project, store: Store, page: Page) -> RenderRecord | None:
    """Return a deck's last rendering if nothing changed since, its own files included."""
    kept = store.rendering(page.deck)
    if kept is None or kept.key != page.key or not unchanged(project.build, kept.files):
        return None
    return kept


def _render(project: Project, store: Store, renderer: Renderer, page: Page, emit: Emit) -> RenderRecord:
    emit(events.Rendering(page.deck))
    started = time.monotonic()
    # A build that is killed from here on leaves files: the next one must know of them.
    store.forget_builds()
    begun = dict.fromkeys(page_files(project, page), "")
    store.put_rendering(RenderRecord("", RenderedDeck(page.deck, 0, ""), begun))
    for path, data in page.files.items():
        write_file(project.build / path, data)
    made = renderer.render(page.request)
    rendering = RenderRecord(page.key, made, made_files(project, page, made))
    store.put_rendering(rendering)
    emit(events.Rendered(page.deck, made.slides, made.pdf_pages, time.monotonic() - started))
    return rendering


def write_report(project: Project, store: Store, request: Request, report: Report) -> dict[str, str]:
    """Write report.json and index.html, and return their digests; a build of some decks drops no others."""
    last = store.report() if request.decks else None
    shown = merged(last, report, project.files.exists) if last else report
    store.put_report(shown)
    files = {"report.json": report_file(shown), "index.html": index_file(project, shown)}
    for path, data in files.items():
        write_file(project.build / path, data)
    return {path: digest(data) for path, data in files.items()}


def write_check(project: Project, report: Report, shown: Collection[str]) -> dict[str, str]:
    """Write the page that shows what is wrong; return digests of it and of the pictures that it shows."""
    data = check_file(report)
    write_file(project.build / CHECKED / "index.html", data)
    pictures = {path: digest((project.build / path).read_bytes()) for path in shown}
    return {f"{CHECKED}/index.html": digest(data), **pictures}


def make_room(project: Project, store: Store, pages: Sequence[Page]) -> None:
    """Remove what earlier renderings left and no page needs now: nothing old must be found by a new one."""
    # What earlier builds told is about to change; if this one is killed, the next must not tell it again.
    store.forget_builds()
    remove_temporary(project.build)
    needed = {page.deck: page_files(project, page) for page in pages}
    left: set[str] = set()
    for deck in store.decks():
        rendering = store.rendering(deck)
        files = set(rendering.files) if rendering else set()
        if deck in needed or not project.files.exists(deck):
            left |= files
        else:  # of another build, which named it
            needed[deck] = files
    # What an older version left outside of build/ had been the author's.
    for path in filterfalse(is_outside, left.difference(*needed.values())):
        (project.build / path).unlink(missing_ok=True)
