"""All speaker notes of a deck, as Markdown and as plain text, with the time that each slide takes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from deckwright.formats.format import DeckRendering, Format, Lecture, Made
from deckwright.formats.plain_text import plain_text
from deckwright.frozen import dataclass
from deckwright.model import FormatOptions

_MINUTES = re.compile(r"(\d+(?:\.\d+)?) ?min(?:utes?)?|(\d+(?:\.\d+)?) ?分钟")
"""A note, or a paragraph of one, that says how long its slide takes."""


@dataclass(frozen=True, slots=True)
class SlideNotes:
    """What is said on a slide."""

    number: int
    title: str
    text: str
    """Markdown."""
    minutes: float = 0.0
    """How long it takes; 0 where no note says it."""
    times: tuple[str, ...] = ()
    """The paragraphs that say how long it takes, which are not in the text."""


def slide_notes(rendering: DeckRendering, lecture: Lecture) -> tuple[SlideNotes, ...]:
    """Return the notes of each slide; those of its steps are the same."""
    slides = [lecture.slides[page] for page in lecture.last_pages]
    texts = [rendering.notes[page] for page in lecture.last_pages]
    return tuple(
        read_notes(slide.number, slide.title, text) for slide, text in zip(slides, texts, strict=True)
    )


def read_notes(number: int, title: str, text: str) -> SlideNotes:
    """Return the notes of a slide, whose comments are `text`."""
    paragraphs = re.split(r"\n\s*\n", text.strip())
    found = [_MINUTES.fullmatch(each.strip()) for each in paragraphs]
    times = [time for time in found if time]
    said = "\n\n".join(each for each, time in zip(paragraphs, found, strict=True) if not time)
    minutes = sum(float(time[1] or time[2]) for time in times)
    return SlideNotes(number, title, said, minutes, tuple(time[0] for time in times))


def markdown_notes(title: str, notes: Sequence[SlideNotes]) -> str:
    """Return the notes of a deck as Markdown, a section for each slide."""
    parts = [f"# {title}", *filter(None, [_whole_time(notes)])]
    for each in notes:
        parts += [f"## {each.number} {each.title}{_time(each)}".rstrip(), *filter(None, [_below(each.text)])]
    return "\n\n".join(parts) + "\n"


def _below(text: str) -> str:
    """Return Markdown whose headings are below those of the slides."""
    return re.sub(r"(?m)^(#{1,4})(?= )", r"##\1", text)


def text_notes(title: str, notes: Sequence[SlideNotes], math: bool = True) -> str:
    """Return the notes of a deck as plain text; `math`: whether dollars delimit formulas."""
    return "\n\n".join([title, *filter(None, [_whole_time(notes)]), *_text_parts(notes, math)]) + "\n"


def _text_parts(notes: Sequence[SlideNotes], math: bool) -> Iterator[str]:
    for each in notes:
        head = f"[{each.number}] {each.title}{_time(each)}".rstrip()
        yield "\n".join(filter(None, [head, plain_text(each.text, math)]))


def _time(notes: SlideNotes) -> str:
    return f" ({notes.minutes:g} min)" if notes.minutes else ""


def _whole_time(notes: Sequence[SlideNotes]) -> str:
    minutes = sum(each.minutes for each in notes)
    return f"{len(notes)} slides, {minutes:g} min" if minutes else ""


def _files(lecture: Lecture) -> tuple[str, str]:
    return (f"notes/{lecture.name}.md", f"notes/{lecture.name}.txt")


def _make(rendering: DeckRendering, lecture: Lecture, options: FormatOptions) -> Made:
    notes, title = slide_notes(rendering, lecture), lecture.deck.title
    texts = (markdown_notes(title, notes), text_notes(title, notes, rendering.math))
    return Made(dict(zip(_files(lecture), map(str.encode, texts), strict=True)))


NOTES = Format("notes", _files, _make, suffix="md", needs_browser=False)
