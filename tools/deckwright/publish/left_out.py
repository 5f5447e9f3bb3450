"""What students would not see in their own run, left out of what they receive.

A script with an exercise gives them the results of their own copy, which stops at the gap. In the place of
others, a slide says so.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Collection, Mapping
from dataclasses import field, replace

from deckwright.frozen import dataclass
from deckwright.model import (
    Course,
    Deck,
    DiagramSource,
    Drawing,
    Failure,
    FailureKind,
    Kind,
    PictureAt,
    Reference,
    Result,
)
from deckwright.publish.stripped import Results

_VALUE = "…"
"""In the place of a value."""

_VIEW = re.compile(r"<svg\b[^>]*?\bviewBox=\"0 0 ([\d.]+) ([\d.]+)\"")
_SIZE = ("460.8", "345.6")
"""Of a picture whose own is not known: that of a figure of matplotlib, in points."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What pages show: a course, and the results of its jobs."""

    course: Course
    results: Results
    drawings: Mapping[str, Drawing] = field(default_factory=dict)
    """What takes the place of figures, by path."""
    left_out: frozenset[str] = frozenset()
    """The paths of these figures."""

    @property
    def drawn(self) -> Course:
        """The course without the diagrams that are drawn already."""
        diagrams = {path: each for path, each in self.course.diagrams.items() if path not in self.drawings}
        return replace(self.course, diagrams=diagrams)


def with_own_results(
    course: Course, results: Results, own: Results, jobs: Collection[str], says: str
) -> Shown:
    """Return a course for students with the results of their own scripts.

    `own` has the results of `jobs` that could run here; `says` is a sentence with a place for an exercise.
    """
    drawn = {job: {artifact.name for artifact in result.artifacts} for job, result in own.items()}
    left_out = {
        path: _placeholder(path)
        for path, source in course.figures.items()
        if source.job in jobs and str(source.figure) not in drawn.get(source.job, ())
    }
    pictures = {new: _drawing(_picture(course, results, path)) for path, new in left_out.items()}
    diagrams = {path: DiagramSource("", "", path=path) for path in pictures}
    decks = tuple(_deck(deck, course, own, jobs, left_out) for deck in course.decks)
    kept = {job: result for job, result in results.items() if job not in jobs}
    shown = {job: _shown(result, says) for job, result in own.items()}
    students = replace(course, decks=decks, diagrams={**course.diagrams, **diagrams})
    return Shown(students, {**kept, **shown}, pictures, frozenset(left_out))


def _shown(result: Result, says: str) -> Result:
    """Return the result of a script that stopped at a gap, with what slides say in the place of the rest."""
    if result.failure is None or result.failure.raised is None:
        return result
    message = says.format(result.failure.raised.message)
    return replace(result, failure=Failure(FailureKind.LEFT_OUT, message, result.failure.statement))


def _deck(
    deck: Deck, course: Course, own: Results, jobs: Collection[str], left_out: Mapping[str, str]
) -> Deck:
    """Return a deck without the accepted results of these jobs, and with other pictures for figures."""
    references = tuple(
        _reference(each, own.get(job), left_out) if (job := course.job_of(each)) in jobs else each
        for each in deck.references
    )
    return replace(
        deck, references=references, files=tuple(path for path in deck.files if path not in left_out)
    )


def _reference(reference: Reference, own: Result | None, left_out: Mapping[str, str]) -> Reference:
    target = reference.target
    match reference.kind:
        case Kind.VALUE:
            return replace(reference, body=_VALUE)
        case Kind.OUTPUT if own is None or own.failure:
            # Chosen lines would be those of the whole output.
            return replace(reference, body="", display=replace(reference.display, lines=""))
        case Kind.FIGURE if isinstance(target, PictureAt) and target.path in left_out:
            return replace(reference, target=replace(target, path=left_out[target.path]))
    return reference


# --- pictures -----------------------------------------------------------------------------------------


def _placeholder(path: str) -> str:
    """Return the path of the picture that takes the place of a figure."""
    stem, suffix = posixpath.splitext(path)
    return f"{stem}-{suffix.removeprefix('.')}-left-out.svg"


def _picture(course: Course, results: Results, path: str) -> bytes:
    source = course.figures[path]
    result = results.get(source.job)
    drawn = result.artifacts if result else ()
    return next((each.data for each in drawn if each.name == str(source.figure)), b"")


def _drawing(figure: bytes) -> Drawing:
    """Return a frame with a question mark, as large as a figure."""
    found = _VIEW.search(figure[:4096].decode("utf-8", "replace"))
    width, height = map(float, found.groups() if found else _SIZE)
    return Drawing(
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:g}pt" height="{height:g}pt" '
        f'viewBox="0 0 {width:g} {height:g}">'
        f'<rect x="4" y="4" width="{width - 8:g}" height="{height - 8:g}" rx="8" fill="none" stroke="#888" '
        'stroke-width="2" stroke-dasharray="8 6"/>'
        f'<text x="{width / 2:g}" y="{height / 2:g}" dy="0.35em" text-anchor="middle" '
        f'font-family="sans-serif" font-size="{height / 4:g}" fill="#888">?</text></svg>'
    )
