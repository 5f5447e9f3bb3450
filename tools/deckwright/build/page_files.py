"""What a build writes below build/: pages that are out of date, the report, the page of a check."""

from __future__ import annotations

import json
import time
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import chain, filterfalse

from deckwright.build.context import Context
from deckwright.build.inspect import CHECKED
from deckwright.build.pages import Page
from deckwright.build.ports import Renderer
from deckwright.build.summary import merged
from deckwright.errors import RenderError
from deckwright.files.atomic import remove_temporary
from deckwright.files.build_files import remove_made, unchanged, write_file
from deckwright.files.digests import digest, digest_of
from deckwright.formats import COVER, FORMATS, DeckRendering, Format
from deckwright.model import PASSING, WITHOUT_NETWORK, FormatOutput, RenderedDeck, Report, events
from deckwright.report.json_report import report_json
from deckwright.store import RenderRecord
from deckwright.text.paths import is_outside

_LONE = "backslashreplace"
"""How half of a surrogate pair is written, which an error's message may hold; JSON reads it back."""


def write_pages(
    context: Context, renderer: Renderer, pages: Sequence[Page], gone: Collection[str] = ()
) -> tuple[dict[str, RenderRecord], dict[str, RenderError]]:
    """Make all decks; return by path what is remembered of each, and why one could not be made.

    A deck that names what is `gone` may have been made of it, and is made again.
    """
    records: dict[str, RenderRecord] = {}
    failures: dict[str, RenderError] = {}
    for page in pages:
        try:
            is_true = page.named_files.isdisjoint(gone)
            records[page.deck.path] = write_page(context, renderer, page, is_true=is_true)
        except RenderError as error:
            failures[page.deck.path] = error
    return records, failures


def write_page(
    context: Context, renderer: Renderer, page: Page, *, is_last: bool = True, is_true: bool = True
) -> RenderRecord:
    """Make the formats of a deck that are asked for, unless they are there as they should be.

    Other formats that were made of another page go. If this page is not the last one of the build, they
    stay: the last one may be the one that they were made of. `is_true`: what was made of it is right.
    """
    store = context.ports.store
    known = store.rendering(page.deck.path)
    before = known.deck.outputs if known else {}
    record = known if is_true else None
    anew = () if _is_trusted(context, page) else [each.name for each in page.formats]
    kept = {
        name: output
        for name, output in _kept(context, record, page, is_last).items()
        if name not in anew and unchanged(context.build, output.files)
    }
    right = {name: output for name, output in kept.items() if output.page == page.key}
    due = [each for each in page.formats if not _is_right(each, right, context, page)]
    last = record if record and record.key == page.key and not _is_partial(context, record) else None
    if last and not due and len(kept) == len(before) and unchanged(context.build, last.files):
        return last
    context.emit(events.Rendering(page.deck.path))
    started = time.monotonic()
    begun = _begin(context, page, before, kept)
    deck = replace(last.deck, outputs=kept) if last else None
    deck = _rendered(context, renderer, page, kept, due) if due or deck is None else deck
    record = RenderRecord(page.key, deck, page.digests)
    _remove(context, begun - written_files(record).keys(), written_files(known) if known else {})
    store.put_rendering(record)
    pages = max((deck.outputs[each.name].pages for each in due), default=0)
    context.emit(events.Rendered(page.deck.path, deck.slides, pages, time.monotonic() - started))
    return record


def shown_deck(page: Page, record: RenderRecord) -> RenderedDeck:
    """Return what was made of a deck, with the diagnostics of the formats that were asked for."""
    outputs = record.deck.outputs
    shown = [outputs[each.name] for each in page.formats]
    found = chain(record.deck.diagnostics, *(each.diagnostics for each in shown))
    misfits = chain.from_iterable(each.misfits for each in shown)
    return replace(
        record.deck, diagnostics=tuple(dict.fromkeys(found)), misfits=tuple(dict.fromkeys(misfits))
    )


def written_files(record: RenderRecord) -> dict[str, str]:
    """Return the digest of each file that a deck consists of, by path below build/."""
    outputs = (output.files for output in record.deck.outputs.values())
    return {path: known for files in (record.files, *outputs) for path, known in files.items()}


def make_room(context: Context, pages: Sequence[Page], is_last: bool = True) -> frozenset[str]:
    """Remove what earlier renderings left and no page needs now: nothing old must be found by a new one.

    Return what may have been found until now. `is_last` is as `write_page` has it.
    """
    store = context.ports.store
    # What earlier builds reported is about to change; if this one is killed, the next must not repeat it.
    store.forget_builds()
    remove_temporary(context.build)
    needed = {page.deck.path: page.planned_files | _known_files(context, page, is_last) for page in pages}
    left: dict[str, str] = {}
    for deck in store.decks():
        record = store.rendering(deck)
        files = written_files(record) if record else {}
        if deck in needed or not context.project.files.exists(deck):
            left |= files
        else:  # of another build, which named it, or made when its scripts have run
            needed[deck] = frozenset(files)
    # What an older version left outside of build/ had been the author's.
    gone = frozenset(filterfalse(is_outside, left.keys() - frozenset().union(*needed.values())))
    _remove(context, gone, left)
    return gone


def write_report(context: Context, report: Report) -> dict[str, str]:
    """Write report.json and index.html, and return their digests; a build of some decks drops no others."""
    store = context.ports.store
    last = store.report() if context.request.decks else None
    whole = merged(last, report, context.project.files.exists) if last else report
    store.put_report(whole)
    files = {"report.json": report_file(whole), "index.html": _index_file(context, whole)}
    for path, data in files.items():
        write_file(context.build / path, data)
    return {path: digest(data) for path, data in files.items()}


def write_check(context: Context, report: Report, pictures: Collection[str]) -> dict[str, str]:
    """Write the page of a check, which lies beside its pictures; return digests of it and of these."""
    page = check_file(report)
    write_file(context.build / CHECKED / "index.html", page)
    shown = {path: digest((context.build / path).read_bytes()) for path in pictures}
    return {f"{CHECKED}/index.html": digest(page), **shown}


# --- renderings -------------------------------------------------------------------------------


def _kept(
    context: Context, record: RenderRecord | None, page: Page, is_last: bool
) -> Mapping[str, FormatOutput]:
    """Return the formats of a deck's last rendering that stay: those that were made of this very page.

    Before the last page of a build, all do that lack nothing.
    """
    outputs = record.deck.outputs.items() if record else ()
    partial = record.key if record and _is_partial(context, record) else None
    return {
        name: output
        for name, output in outputs
        if output.page != partial and (output.page == page.key or not is_last)
    }


def _is_trusted(context: Context, page: Page) -> bool:
    """Whether what is remembered of a deck's last rendering counts: what this build made does."""
    return context.request.trusts_records or context.ports.store.has_put("deck", page.deck.path)


def _is_partial(context: Context, record: RenderRecord) -> bool:
    """Whether a rendering may lack less when made again: with a network, or a faster browser."""
    passing = PASSING if context.request.tries_again else WITHOUT_NETWORK
    of_formats = (output.diagnostics for output in record.deck.outputs.values())
    return any(each.slug in passing for each in chain(record.deck.diagnostics, *of_formats))


def _known_files(context: Context, page: Page, is_last: bool) -> frozenset[str]:
    """Return the files of the formats that stay."""
    record = context.ports.store.rendering(page.deck.path)
    return frozenset(
        chain.from_iterable(each.files for each in _kept(context, record, page, is_last).values())
    )


def _is_right(format: Format, outputs: Mapping[str, FormatOutput], context: Context, page: Page) -> bool:
    output = outputs.get(format.name)
    return output is not None and output.key == _key(format, context, page)


def _key(format: Format, context: Context, page: Page) -> str:
    options = context.how.options
    return digest_of(
        [{name: getattr(options, name) for name in format.options}, format.sources(page.lecture)]
    )


def _begin(
    context: Context, page: Page, before: Mapping[str, FormatOutput], kept: Mapping[str, FormatOutput]
) -> frozenset[str]:
    """Write what is rendered, and remember all that may be left; return it.

    `before` has the formats that there were, some of them perhaps damaged; `kept` those that stay.
    """
    store = context.ports.store
    # A build that is killed from here on leaves files: the next one must know of them.
    store.forget_builds()
    begun = page.planned_files.union(*(output.files for output in before.values()))
    deck = RenderedDeck(page.deck.path, outputs=kept)
    store.put_rendering(RenderRecord("", deck, dict.fromkeys(sorted(begun), "")))
    for path, data in page.files.items():
        write_file(context.build / path, data, sync=False)
    return begun


def _remove(context: Context, paths: Iterable[str], known: Mapping[str, str]) -> None:
    """Remove files; `known` has digests with which they were written."""
    remove_made(context.build, {path: known.get(path, "") for path in paths})


def _rendered(
    context: Context, renderer: Renderer, page: Page, kept: Mapping[str, FormatOutput], due: Sequence[Format]
) -> RenderedDeck:
    """Return a deck with the formats that are due, besides those that stay."""
    with renderer.open(page.request) as rendering:
        printed = next((each for each in due if each.needs_browser), None)
        if printed:  # the browser opens the deck while formats are made that need none
            rendering.begin(printed.files(page.lecture)[0])
        made = {**kept, **{each.name: _output(context, page, rendering, each) for each in due}}
        outputs = {each.name: made[each.name] for each in (*FORMATS, COVER) if each.name in made}
        return RenderedDeck(page.deck.path, len(rendering.notes), outputs, tuple(rendering.diagnostics))


def _output(context: Context, page: Page, rendering: DeckRendering, format: Format) -> FormatOutput:
    made = format.make(rendering, page.lecture, context.how.options)
    for path, data in made.files.items():
        write_file(context.build / path, data, sync=False)
    digests = {path: digest(data) for path, data in made.files.items()}
    return FormatOutput(
        key=_key(format, context, page),
        files=digests,
        page=page.key,
        pages=made.pages,
        diagnostics=tuple(made.diagnostics),
        misfits=tuple(made.misfits),
        summary=made.summary,
    )


# --- reports ----------------------------------------------------------------------------------


def check_file(report: Report) -> bytes:
    """Return the content of the page of a check."""
    from deckwright.report.html_pages import check_page  # Jinja2 is slow to import

    return check_page(report).encode("utf-8", _LONE)


def report_file(report: Report) -> bytes:
    """Return the content of report.json."""
    return (json.dumps(report_json(report), indent=2, ensure_ascii=False) + "\n").encode("utf-8", _LONE)


def _index_file(context: Context, report: Report) -> bytes:
    from deckwright.report.html_pages import index_page  # Jinja2 is slow to import

    covers = {deck.picture for deck in report.decks if deck.picture}
    pictures = {path: (context.build / path).read_bytes() for path in covers}
    return index_page(report, pictures).encode("utf-8", _LONE)
