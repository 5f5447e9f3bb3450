"""Lectures as a site shows them: frozen values, made of what was built."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from operator import itemgetter

from deckwright.formats import Lecture
from deckwright.frozen import dataclass
from deckwright.model import Kind, Rich, Slide, deck_number
from deckwright.parse import parse_deck
from deckwright.resolve.jobs import deck_jobs
from deckwright.text.memory_addresses import without_addresses
from deckwright.text.paths import SNIPPETS

_PICTURES = ("image/png", "image/jpeg", "image/gif", "image/webp")


@dataclass(frozen=True, slots=True)
class PublishedSlide:
    number: int
    page: int
    """Its first page, from 1: the fragment of its address."""
    title: str
    text: str
    """What is read on it, code and outputs included."""


@dataclass(frozen=True, slots=True)
class PublishedScript:
    path: str
    """In the project, and in the kit."""
    code: str
    printed: str
    pictures: tuple[str, ...]
    """Addresses below the site's folder, and `data:` addresses of displayed ones."""
    slides: tuple[PublishedSlide, ...]
    """Those that show something of it."""

    @property
    def name(self) -> str:
        return posixpath.basename(self.path)

    @property
    def page(self) -> str:
        """The path of its page, below the site's folder."""
        return script_page(self.path)


@dataclass(frozen=True, slots=True)
class PublishedLecture:
    name: str
    number: str
    title: str
    description: str
    language: str
    slides: tuple[PublishedSlide, ...]
    scripts: tuple[PublishedScript, ...]
    files: Mapping[str, str]
    """The files of the lecture below the site's folder: `slides`, `pdf`, `picture`, `handout`, `kit`, ..."""


def script_page(path: str) -> str:
    """Return the path of the page of a script, below the site's folder; empty if it has none."""
    folder, _, name = posixpath.splitext(path)[0].partition("/")
    return f"scripts/{name}.html" if folder == SNIPPETS else ""


def scripts_of(lecture: Lecture) -> tuple[str, ...]:
    """Return the paths of the scripts that a lecture shows something of; those in its deck are the deck's."""
    course = lecture.course
    return tuple(sorted({course.jobs[job].script for job in deck_jobs(course, lecture.deck)}))


def pages_of_scripts(lecture: Lecture) -> tuple[str, ...]:
    """Return the paths of the scripts among them that have a page."""
    return tuple(filter(script_page, scripts_of(lecture)))


def published(lecture: Lecture, files: Mapping[str, str]) -> PublishedLecture:
    """Return a lecture as its students see it: the course and the deck have neither notes nor solutions."""
    deck = lecture.deck
    slides = tuple(_slides(lecture))
    return PublishedLecture(
        name=lecture.name,
        number=deck_number(deck.path),
        title=deck.title,
        description=deck.description,
        language=str(deck.front_matter.get("lang", "")),
        slides=slides,
        scripts=tuple(_scripts(lecture, {slide.number: slide for slide in slides})),
        files=files,
    )


def _slides(lecture: Lecture) -> Iterator[PublishedSlide]:
    pages = {slide.number: page for page, slide in reversed(list(enumerate(lecture.slides, 1)))}
    texts = _texts(lecture)
    for slide in lecture.deck.slides:
        yield PublishedSlide(slide.number, pages[slide.number], slide.title, texts[pages[slide.number] - 1])


def _texts(lecture: Lecture) -> list[str]:
    """Return the text of each page: prose, code and outputs."""
    deck = parse_deck(lecture.expanded.path, lecture.expanded.text)
    parts = [(each.start, each.text) for each in deck.prose]
    parts += [(each.body_start, each.body) for each in deck.fences]
    return [_text_of(slide, parts) for slide in deck.slides]


def _text_of(slide: Slide, parts: list[tuple[int, str]]) -> str:
    inside = (text for start, text in sorted(parts, key=itemgetter(0)) if slide.start <= start < slide.end)
    return " ".join(" ".join(inside).split())


def _scripts(lecture: Lecture, slides: Mapping[int, PublishedSlide]) -> Iterator[PublishedScript]:
    course = lecture.course
    for path in pages_of_scripts(lecture):
        numbers = sorted(_numbers(lecture, path))
        shown = tuple(slides[number] for number in numbers if number in slides)
        pictures = (*_figures(lecture, path), *_displayed(lecture, path))
        yield PublishedScript(path, course.scripts[path].text, _printed(lecture, path), pictures, shown)


def _numbers(lecture: Lecture, path: str) -> set[int]:
    course = lecture.course
    return {
        reference.slide
        for reference in lecture.deck.references
        if any(course.jobs[job].script == path for job in course.jobs_of(reference))
    }


def _printed(lecture: Lecture, path: str) -> str:
    result = lecture.results.get(path)
    if result is None:
        return ""
    printed = without_addresses("".join(each.printed("stdout") for each in result.outputs))
    return printed + (result.failure.message if result.failure else "")


def _figures(lecture: Lecture, path: str) -> Iterator[str]:
    """Yield the figures of a script that its deck shows."""
    for reference in lecture.deck.references:
        source = lecture.course.figures.get(reference.target.path) if reference.kind is Kind.FIGURE else None
        if (
            source
            and lecture.course.jobs[source.job].script == path
            and reference.target.path in lecture.pictures
        ):
            yield reference.target.path


def _displayed(lecture: Lecture, path: str) -> Iterator[str]:
    """Yield the pictures that a script displays, as addresses that hold them."""
    result = lecture.results.get(path)
    for output in result.outputs if result else ():
        for part in output.parts:
            if isinstance(part, Rich):
                yield from (
                    f"data:{kind};base64,{part.data[kind]}" for kind in _PICTURES if kind in part.data
                )
