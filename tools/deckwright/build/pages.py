"""What a build writes, and where: everything below build/."""

from __future__ import annotations

import json
import posixpath
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from deckwright.files.codec import encode
from deckwright.files.digests import digest, render_key
from deckwright.model import (
    Course,
    Deck,
    ExpandedDeck,
    Kind,
    RenderedDeck,
    RenderRequest,
    Report,
    Result,
)
from deckwright.text.paths import from_deck, in_project, is_outside
from deckwright.project.project import BUILD, FIGURES, SLIDES, Project, deck_name
from deckwright.report.json_report import report_json

_LONE = "backslashreplace"
"""How half of a surrogate pair is written, which an error's message may hold; JSON reads it back."""


@dataclass(frozen=True, slots=True)
class Choices:
    """What holds for all decks of a command: its options, and what renders them."""

    pdf: bool
    notes: bool
    versions: Mapping[str, str]
    themes: Mapping[str, str]
    """Text of each style sheet by path."""
    decks: frozenset[str]
    """Paths of all decks that have a page, or get one when they are built."""


@dataclass(frozen=True, slots=True)
class Page:
    """A deck ready to be rendered: files to write first, the request, and the key of it all."""

    deck: str
    files: Mapping[str, bytes]
    digests: Mapping[str, str]
    """Of the files."""
    request: RenderRequest
    key: str

    def __post_init__(self) -> None:
        if any(map(is_outside, self.files)):
            raise ValueError(f"{self.deck} would write outside of {BUILD}/: {sorted(self.files)}")


def lay_out(
    project: Project,
    course: Course,
    results: Mapping[str, Result],
    deck: Deck,
    expanded: ExpandedDeck,
    choices: Choices,
) -> Page:
    """Return what has to be written and rendered for one deck."""
    name = deck_name(deck.path)
    source = f"{SLIDES}/{name}.md"
    stills: dict[str, bytes] = {}
    files = {source: expanded.text.encode()}
    linked = choices.decks.intersection(deck.files)
    for path, data in _shown_files(project, course, results, deck, linked, stills, expanded.pictures):
        files[_placed(source, deck.path, path)] = data
    for path, data in stills.items():
        files[_still(_placed(source, deck.path, path))] = data
    request = RenderRequest(
        name=name,
        path=deck.path,
        source=project.build / source,
        html=project.build / f"html/{name}.html",
        pdf=project.build / f"pdf/{name}.pdf" if choices.pdf else None,
        picture=project.build / f"pictures/{name}.png" if choices.pdf else None,
        themes=tuple(project.root / path for path in choices.themes),
        stills={
            from_deck(deck.path, path): project.build / _still(_placed(source, deck.path, path))
            for path in stills
        },
        decks=frozenset(project.build / _placed(source, deck.path, path) for path in linked),
        notes=choices.notes,
        settings=project.settings.marp.page,
        cjk_emphasis=project.settings.marp.cjk_emphasis,
    )
    digests = {path: digest(data) for path, data in files.items()}
    flags = {
        "pdf": choices.pdf,
        "notes": choices.notes,
        "marp": encode(project.settings.marp),
        "decks": sorted(linked),
    }
    key = render_key(expanded.text, choices.themes, digests, choices.versions, flags)
    return Page(deck.path, files, digests, request, key)


def page_files(project: Project, page: Page) -> set[str]:
    """Return the paths below build/ of all files that a page will consist of."""
    made = (page.request.html, page.request.pdf, page.request.picture)
    return {*page.files, *(path.relative_to(project.build).as_posix() for path in made if path)}


def made_files(project: Project, page: Page, rendered: RenderedDeck) -> dict[str, str]:
    """Return the digests of all files that stand for a rendering, by path below build/."""
    paths = [path for path in (rendered.html, rendered.pdf, rendered.picture) if path]
    written = {path: digest((project.build / path).read_bytes()) for path in paths}
    return {**written, **page.digests}


def accepted_pictures(course: Course, results: Mapping[str, Result]) -> dict[str, bytes]:
    """Return the pictures that `sync` puts into figures/: those that decks show."""
    return {
        path: data
        for path in course.figures
        if posixpath.basename(posixpath.dirname(path)) == FIGURES
        and _succeeded(course, results, path)
        and (data := _drawn(course, results, path)) is not None
    }


def report_file(report: Report) -> bytes:
    """Return the content of report.json."""
    return (json.dumps(report_json(report), indent=2, ensure_ascii=False) + "\n").encode("utf-8", _LONE)


def check_file(report: Report) -> bytes:
    """Return the content of the page of a check, which lies beside its pictures."""
    from deckwright.report.html_pages import check_page  # Jinja2 is slow to import

    return check_page(report).encode("utf-8", _LONE)


def index_file(project: Project, report: Report) -> bytes:
    """Return the content of index.html, with its pictures inside."""
    from deckwright.report.html_pages import index_page  # Jinja2 is slow to import

    shown = [deck.picture for deck in report.decks if deck.picture]
    return index_page(report, {path: (project.build / path).read_bytes() for path in shown}).encode(
        "utf-8", _LONE
    )


def _shown_files(
    project: Project,
    course: Course,
    results: Mapping[str, Result],
    deck: Deck,
    linked: Collection[str],
    stills: dict[str, bytes],
    pictures: Mapping[str, bytes],
) -> Iterator[tuple[str, bytes]]:
    """Yield path in the project and content of every file that a deck shows or links.

    The decks among them, `linked`, have pages instead.
    """
    for path in deck.files:
        # What lies outside would lie outside of build/, too.
        data = None if path in linked or is_outside(path) else _read(project, path)
        if data is not None:
            yield path, data
    for reference in deck.references:
        path = reference.target.path
        if reference.kind is not Kind.FIGURE:
            continue
        data = _drawn(course, results, path, stills)
        if data is None:
            data = _read(project, path)
        if data is not None:
            yield path, data
    yield from pictures.items()


def _read(project: Project, path: str) -> bytes | None:
    """Return a file's content; None where there is none, or none any more since the build began."""
    try:
        return project.files.read(path) if project.files.exists(path) else None
    except FileNotFoundError:
        return None


def _drawn(
    course: Course,
    results: Mapping[str, Result],
    path: str,
    stills: dict[str, bytes] | None = None,
) -> bytes | None:
    drawn = course.figures.get(path)
    if drawn is None or drawn.job not in results:
        return None
    name = f"{drawn.figure.name}.{drawn.figure.suffix}"
    for artifact in results[drawn.job].artifacts:
        if artifact.name == name:
            if artifact.still and stills is not None:
                stills[path] = artifact.still
            return artifact.data
    return None


def _succeeded(course: Course, results: Mapping[str, Result], path: str) -> bool:
    job = course.figures[path].job
    return job in results and results[job].failure is None


def _placed(source: str, deck: str, path: str) -> str:
    """Return where in build/ a file must lie so that the deck's relative path still finds it."""
    return in_project(source, from_deck(deck, path))


def _still(path: str) -> str:
    return posixpath.splitext(path)[0] + ".still.png"
