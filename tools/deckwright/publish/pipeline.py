"""A course -> the folder that its students get: pages, kits, an index; nothing that they must not read."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from deckwright.build.context import Context
from deckwright.build.pages import Page
from deckwright.formats import COVER
from deckwright.frozen import dataclass
from deckwright.model import Diagnostic, FormatOptions, Location, Request, Script
from deckwright.publish.kit import Kit, KitMaker, kit_path, zip_of
from deckwright.publish.leaks import Leak, leaks_in, secrets_of, secrets_of_results
from deckwright.publish.published import PublishedLecture, published
from deckwright.publish.site import Site
from deckwright.publish.stripped import students_script
from deckwright.publish.students import Edition, students_edition
from deckwright.text.counts import counted

FORMATS = ("html", "pdf", "handout", "notebook")
"""What is made of each deck for its students."""

_NAMES = {"html": "slides", COVER.name: "picture"}
"""What a site calls a format, where it has another name for it."""


@dataclass(frozen=True, slots=True)
class Publication:
    """The files of a site by path, and what is wrong with it: then it is not written."""

    files: Mapping[str, bytes]
    diagnostics: tuple[Diagnostic, ...] = ()


def publication(context: Context, minisearch: str, releases: Sequence[str] = ()) -> Publication:
    """Return the site of a course that was just built. Raises DeckwrightError.

    `minisearch` is the text of that library; `releases` are the names of earlier ones, which it links.
    """
    settings = context.project.settings
    edition = students_edition(context, Request(context.request.decks, FORMATS, _options(context)))
    zips, wrong = _zips(context, edition)
    lectures = [_published(edition, page, zips) for page in edition.pages]
    publish = settings.publish
    site = Site(settings.title, lectures, _folder(publish.url), publish.source, releases)
    files = {**edition.files, **zips, **_figures(edition, lectures), **site.files(minisearch)}
    return Publication(files, (*edition.diagnostics, *wrong, *_leaks(edition, files)))


def kits(context: Context, solutions: bool) -> Publication:
    """Return the kits of a course that was just built, by path below build/. Raises DeckwrightError.

    With `solutions`, their code is whole.
    """
    request = Request(context.request.decks, ("notebook",), _options(context))
    edition = students_edition(context, request, solutions)
    zips, wrong = _zips(context, edition, whole_script if solutions else students_script)
    leaks = () if solutions else _leaks(edition, zips)
    return Publication(zips, (*edition.diagnostics, *wrong, *leaks))


def whole_script(script: Script) -> Script:
    """Return a script with its solutions."""
    return script


def _zips(
    context: Context, edition: Edition, script_of: Callable[[Script], Script] = students_script
) -> tuple[dict[str, bytes], list[Diagnostic]]:
    """Return the kits by path, and what is wrong with those that cannot be made."""
    maker = _maker(context, edition, script_of)
    made = [maker.kit(page.lecture, _notebooks(edition, page)) for page in edition.pages]
    zips = {kit_path(kit.name): zip_of(kit) for kit in made if isinstance(kit, Kit)}
    return zips, [each for each in made if isinstance(each, Diagnostic)]


def _options(context: Context) -> FormatOptions:
    """Return how files for students are made: a hand-out has lines where the author's has notes."""
    own = context.how.options
    return replace(own, notes=False, layout="lines" if own.layout == "notes" else own.layout)


def _folder(address: str) -> str:
    """Return the address of a folder, to which a path can be added; empty for none."""
    return f"{address.rstrip('/')}/" if address else ""


def _maker(context: Context, edition: Edition, script_of: Callable[[Script], Script]) -> KitMaker:
    brings, limit = context.ports.environment.brings, context.project.settings.publish.kit_bytes
    return KitMaker(edition.sources, script_of, brings, limit, edition.shown.left_out)


def _notebooks(edition: Edition, page: Page) -> dict[str, bytes]:
    """Return the notebooks of a lecture and of its scripts, as they lie in a kit."""
    paths = edition.rendered[page.deck.path].outputs["notebook"].files
    return {path.removeprefix("notebook/"): edition.files[path] for path in paths}


def _published(edition: Edition, page: Page, zips: Mapping[str, bytes]) -> PublishedLecture:
    outputs = edition.rendered[page.deck.path].outputs
    files = {_NAMES.get(name, name): output.path for name, output in outputs.items()}
    kit = kit_path(page.name)
    return published(page.lecture, files | ({"kit": kit} if kit in zips else {}))


def _figures(edition: Edition, lectures: Sequence[PublishedLecture]) -> dict[str, bytes]:
    """Return the figures that the pages of scripts show."""
    drawn = {path: each.data for page in edition.pages for path, each in page.lecture.pictures.items()}
    shown = {path for lecture in lectures for script in lecture.scripts for path in script.pictures}
    return {path: drawn[path] for path in sorted(shown & drawn.keys())}


def _leaks(edition: Edition, files: Mapping[str, bytes]) -> Iterator[Diagnostic]:
    """Yield an error for each line of a solution, a note or a hidden result that a file for students has."""
    whole = edition.sources.course
    results = secrets_of_results(whole, edition.hidden, edition.shown.results)
    programs = (deck.program for deck in whole.decks if deck.program)
    scripts = [*edition.sources.scripts(whole.jobs.values()), *programs]
    secrets = (*secrets_of(scripts, whole.decks), *results)
    yield from map(_leaked, leaks_in(files, secrets))


_HINTS = {
    "solution": "a slide, an output or a figure shows it, too: let them say less",
    "note": "a slide or a script says it, too: say it in other words",
    "result": "a slide or a file says it, too: let them say less, or show the results of solutions",
}


def _leaked(leak: Leak) -> Diagnostic:
    secret, others = leak.secret, len(leak.files) - 1
    more = f" and {counted(others, 'other file')}" if others else ""
    message = f"this line of a {secret.kind} would be in {leak.files[0]}{more}"
    return Diagnostic("leak", message, Location(secret.path, secret.line), secret.source, _HINTS[secret.kind])
