"""Pages ready to be rendered: what has to be written below build/ for each deck, and the key of it all."""

from __future__ import annotations

import itertools
import posixpath
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from deckwright.build.context import Context
from deckwright.compose.captions import placed_captions
from deckwright.compose.diagrams import placed_diagrams
from deckwright.compose.output_lines import output_lines
from deckwright.files.borders import LARGEST_SHOWN
from deckwright.files.codec import encode
from deckwright.files.digests import digest, digest_of
from deckwright.formats import COVER, Format, Lecture, chosen_formats
from deckwright.frozen import dataclass
from deckwright.model import (
    Artifact,
    Caption,
    Course,
    Deck,
    Drawing,
    ExpandedDeck,
    FontPackage,
    Kind,
    RenderRequest,
    Result,
    events,
)
from deckwright.project.commits import commit_log
from deckwright.project.project import BUILD, SLIDES, Project, deck_name
from deckwright.project.settings import PublishSettings
from deckwright.text.paths import from_deck, in_project, is_in_figures, is_outside
from deckwright.text.themes import theme_names_in

NO_DRAWINGS: Mapping[str, Drawing] = {}

CaptionOf = Callable[[Lecture, str], Caption]
"""Returns the caption of the code that a lecture shows of the file at a path."""


@dataclass(frozen=True, slots=True)
class Page:
    """A deck ready to be rendered."""

    lecture: Lecture
    files: Mapping[str, bytes]
    """What to write first, by path below build/."""
    digests: Mapping[str, str]
    """Of the files."""
    formats: tuple[Format, ...]
    request: RenderRequest
    key: str
    """Digest of all that the formats have in common: text, files, themes, settings, versions."""

    def __post_init__(self) -> None:
        if any(map(is_outside, self.files)):
            raise ValueError(f"{self.deck.path} would write outside of {BUILD}/: {sorted(self.files)}")

    @property
    def deck(self) -> Deck:
        return self.lecture.deck

    @property
    def expanded(self) -> ExpandedDeck:
        return self.lecture.expanded

    @property
    def name(self) -> str:
        return self.lecture.name

    @property
    def named_files(self) -> frozenset[str]:
        """The paths below build/ where the renderer looks for the files that the deck names."""
        source = f"{SLIDES}/{self.name}.md"
        return frozenset(_placed(source, self.deck.path, path) for path in self.deck.files)

    @property
    def planned_files(self) -> frozenset[str]:
        """The paths below build/ of all that it will consist of."""
        return frozenset(self.files).union(*(each.files(self.lecture) for each in self.formats))


def formats_of(context: Context) -> tuple[Format, ...]:
    """Return the formats that a build makes. Raises ConfigError for one that there is not; ToolMissing."""
    formats, options = chosen_formats(context.how.formats), context.how.options
    for each in formats:
        each.require(options)
    # The cover costs nothing more where a browser shows the deck anyway.
    return (*formats, COVER) if any(each.needs_browser for each in formats) else formats


def pages_of(
    context: Context,
    course: Course,
    results: Mapping[str, Result],
    expanded: tuple[ExpandedDeck, ...],
    drawings: Mapping[str, Drawing] = NO_DRAWINGS,
    caption_of: CaptionOf | None = None,
) -> tuple[Page, ...]:
    """Return the pages of decks of a course, as they were expanded.

    Captions are those that `caption_of` returns, or else lead to the repository.
    """
    project = context.project
    layout = _Layout(
        project,
        course,
        results,
        formats_of(context),
        context.ports.render_versions(),
        _pictures(course, results, drawings),
        project.themes(),
        frozenset({*project.lectures(), *(deck.path for deck in course.decks)}),
        partial(context.ports.web_fonts, on_fetch=lambda what: context.emit(events.Installing(what))),
        _date(context),
        caption_of or partial(_repository_caption, project.settings.publish),
    )
    decks = {deck.path: deck for deck in course.decks}
    return tuple(layout.page(decks[text.path], text) for text in expanded)


def _date(context: Context) -> str:
    """Return the day of the project's last commit if a format names it."""
    if not any(each.is_dated for each in formats_of(context)):
        return ""
    # A tracked read: after another commit, no build repeats the last one.
    context.project.files.digest(commit_log(context.project.root))
    return context.ports.last_commit()


def accepted_pictures(
    course: Course, results: Mapping[str, Result], drawings: Mapping[str, Drawing] = NO_DRAWINGS
) -> dict[str, bytes]:
    """Return the pictures that `sync` puts into figures/: those that decks show."""
    good = {job: result for job, result in results.items() if result.failure is None}
    pictures = _pictures(course, good, drawings).items()
    return {path: artifact.data for path, artifact in pictures if is_in_figures(path)}


@dataclass(frozen=True, slots=True)
class _Layout:
    """What the pages of all decks have in common."""

    project: Project
    course: Course
    results: Mapping[str, Result]
    formats: tuple[Format, ...]
    versions: Mapping[str, str]
    drawn: Mapping[str, Artifact]
    """By path of the accepted picture."""
    themes: Mapping[str, str]
    """Text of each style sheet by path."""
    decks: frozenset[str]
    """Paths of all decks that have a page, or get one when they are built."""
    web_fonts: Callable[[Sequence[str]], Mapping[str, FontPackage]]
    date: str
    """Of the last commit, where a format names it."""
    caption_of: CaptionOf

    def page(self, deck: Deck, expanded: ExpandedDeck) -> Page:
        source = f"{SLIDES}/{deck_name(deck.path)}.md"
        linked = self.decks.intersection(deck.files)
        figures = {
            r.target.path: self.drawn.get(r.target.path) for r in deck.references if r.kind is Kind.FIGURE
        }
        states = expanded.states
        of_outputs = {**expanded.pictures, **(states.pictures if states else {})}
        shown = {**dict(_shown_files(self.project, deck, figures, linked)), **of_outputs}
        stills = {path: drawn.still for path, drawn in figures.items() if drawn and drawn.still}
        placed = partial(_placed, source, deck.path)
        files = {
            source: expanded.text.encode(),
            **({_of_states(source): states.text.encode()} if states else {}),
            **{placed(path): data for path, data in shown.items()},
            **{_still(placed(path)): data for path, data in stills.items()},
        }
        lecture = self._lecture(deck, expanded, shown)
        request = self._request(lecture, source, linked, stills)
        request = self._with_states(request, lecture, source) if states else request
        digests = {path: digest(data) for path, data in files.items()}
        key = self._key(expanded, request, linked, {**digests, **_outside(self.project, deck)})
        return Page(lecture, files, digests, self.formats, request, key)

    def _lecture(self, deck: Deck, expanded: ExpandedDeck, shown: Mapping[str, bytes]) -> Lecture:
        settings = self.project.settings
        return Lecture(
            deck,
            expanded,
            self.course,
            self.results,
            self.drawn,
            shown,
            course_title=settings.title,
            date=self.date,
            address=settings.publish.page(deck_name(deck.path)),
        )

    def _request(
        self, lecture: Lecture, source: str, linked: Collection[str], stills: Collection[str]
    ) -> RenderRequest:
        """Return what the renderer is asked for; `source` is where it finds the deck, below build/."""
        deck, expanded = lecture.deck, lecture.expanded
        build, marp = self.project.build, self.project.settings.marp
        placed = partial(_placed, source, deck.path)
        return RenderRequest(
            path=deck.path,
            build=build,
            source=build / source,
            folders=self.project.open_folders,
            origin=(self.project.root / deck.path).parent,
            themes=tuple(self.project.root / path for path in self.themes),
            stills={from_deck(deck.path, path): build / _still(placed(path)) for path in stills},
            decks=frozenset(build / placed(path) for path in linked),
            diagrams=placed_diagrams(deck, self.course, expanded),
            charts=expanded.charts,
            captions=self._captions(lecture, expanded),
            outputs=tuple(output_lines(deck, expanded)),
            settings=marp.page,
            named=self._named(),
            cjk_emphasis=marp.cjk_emphasis,
            web_fonts=self.web_fonts(self._styling(deck)),
            least_text=self.project.settings.least_text,
        )

    def _with_states(self, request: RenderRequest, lecture: Lecture, source: str) -> RenderRequest:
        """Return a request that renders the states of slides, too."""
        deck, expanded, states = lecture.deck, lecture.expanded, lecture.expanded.states
        assert states
        numbers = {page.slide for page in expanded.controlled}
        drawn = replace(deck, diagrams=tuple(d for d in deck.diagrams if d.fence.slide.number in numbers))
        of_states = replace(
            request,
            source=self.project.build / _of_states(source),
            diagrams=placed_diagrams(drawn, self.course, states),
            charts=states.charts,
            captions=self._captions(lecture, states),
            outputs=tuple(output_lines(deck, states)),
            shown=tuple(page.first + state.number for page in expanded.controlled for state in page.states),
        )
        first = {line: number for number, line in reversed([*enumerate(expanded.lines, 1)])}
        lines = tuple(first.get(line, 1) for line in states.lines)
        return replace(request, states=of_states, controlled=expanded.controlled, state_lines=lines)

    def _captions(self, lecture: Lecture, expanded: ExpandedDeck) -> Mapping[int, Caption]:
        if not self.project.settings.captions:
            return {}
        return placed_captions(lecture.deck, self.course, expanded, partial(self.caption_of, lecture))

    def _key(
        self,
        expanded: ExpandedDeck,
        request: RenderRequest,
        linked: Collection[str],
        digests: Mapping[str, str],
    ) -> str:
        choices = {
            "marp": [dict(request.settings), self.project.settings.marp.theme_file, request.cjk_emphasis],
            "decks": sorted(linked),
            "diagrams": [[line, encode(source)] for line, source in request.diagrams.items()],
            "outputs": request.outputs,
            "charts": encode(request.charts),
            "states": [expanded.states.text if expanded.states else "", encode(expanded.controlled)],
            "captions": [[line, encode(caption)] for line, caption in request.captions.items()],
            "web_fonts": {name: [each.version, each.exists] for name, each in request.web_fonts.items()},
        }
        return digest_of([expanded.text, self.themes, digests, self.versions, choices])

    def _styling(self, deck: Deck) -> list[str]:
        """Return the texts that style a deck: its own, and those of the themes that they name."""
        marp = self.project.settings.marp
        texts = [deck.text, str(marp.page.get("theme", "")), self.themes.get(marp.theme_file, "")]
        others = [css for path, css in self.themes.items() if path != marp.theme_file]
        while found := [css for css in others if _is_named(css, texts)]:
            texts += found
            others = [css for css in others if css not in found]
        return texts

    def _named(self) -> Mapping[Path, str]:
        """Return the name that the author's theme gets if it has none, by its file."""
        marp = self.project.settings.marp
        is_named = not marp.theme_file or theme_names_in(self.themes.get(marp.theme_file, ""))
        return {} if is_named else {self.project.root / marp.theme_file: str(marp.page["theme"])}


def _repository_caption(settings: PublishSettings, lecture: Lecture, path: str) -> Caption:
    """Return the caption of a file that leads to it in the repository, where that is known."""
    return Caption(posixpath.basename(path), settings.source(path))


def _is_named(css: str, texts: Sequence[str]) -> bool:
    """Whether a text names a theme of a style sheet."""
    return any(name in text for name in theme_names_in(css) for text in texts)


def _shown_files(
    project: Project, deck: Deck, figures: Mapping[str, Artifact | None], linked: frozenset[str]
) -> Iterator[tuple[str, bytes]]:
    """Yield path in the project and content of every file that a deck shows or links.

    The decks among them, `linked`, have pages instead; what lies outside would lie outside of build/, too.
    """
    plain = [path for path in deck.files if path not in linked and project.files.is_inside(path)]
    for path in itertools.filterfalse(is_outside, (*plain, *figures)):
        drawn = figures.get(path)
        data = drawn.data if drawn else _read(project, path)
        if data is not None:
            yield path, data


def _outside(project: Project, deck: Deck) -> Mapping[str, str]:
    """Return the digests of the files outside of the project that a deck may show."""
    paths = (*deck.files, *(r.target.path for r in deck.references if r.kind is Kind.FIGURE))
    return {path: project.files.digest(path) for path in paths if _is_allowed_outside(project, path)}


def _is_allowed_outside(project: Project, path: str) -> bool:
    return is_outside(path) and project.files.is_inside(path)


def _pictures(
    course: Course, results: Mapping[str, Result], drawings: Mapping[str, Drawing]
) -> Mapping[str, Artifact]:
    """Return what jobs have drawn, and diagrams, by path of the accepted picture."""
    diagrams = {path: drawing.picture.encode() for path, drawing in drawings.items() if drawing.picture}
    return {path: Artifact(posixpath.basename(path), data) for path, data in diagrams.items()} | {
        path: artifact
        for path, source in course.figures.items()
        for artifact in (results[source.job].artifacts if source.job in results else ())
        if artifact.name == str(source.figure)
    }


def _read(project: Project, path: str) -> bytes | None:
    """Return a file's content; None where there is none, or none any more, or more than a page takes."""
    try:
        stamp = project.files.stamp(path) if project.files.exists(path) else None
        return project.files.read(path) if stamp and stamp.size_bytes <= LARGEST_SHOWN else None
    except FileNotFoundError:
        return None


def _placed(source: str, deck: str, path: str) -> str:
    """Return where in build/ a file must lie so that the deck's relative path still finds it."""
    return in_project(source, from_deck(deck, path))


def _of_states(source: str) -> str:
    """Return where the deck with the states of slides lies."""
    return posixpath.splitext(source)[0] + "@states.md"


def _still(path: str) -> str:
    return posixpath.splitext(path)[0] + ".still.png"
