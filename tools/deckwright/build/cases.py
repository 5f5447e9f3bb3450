"""Slides are tests: a case for every reference and every slide, each with what is wrong with it."""

from __future__ import annotations

import posixpath
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby

from deckwright.model import Case, Course, Deck, Diagnostic, FailureKind, FenceOf, Kind, Reference, Result

SLIDE = "slide"
"""Name of the case that stands for a slide as a whole."""

_FAILED = {"snippet-failed", *map(str, FailureKind)}

_SUFFIXES = {Kind.OUTPUT: ":output", Kind.VALUE: ":value"}


def cases_of(course: Course, results: Mapping[str, Result], wrong: Sequence[Diagnostic]) -> tuple[Case, ...]:
    """Return the cases of all decks, in order; all that is wrong is in at least one of them."""
    cases = [case for deck in course.decks for case in _deck_cases(deck, course, results, wrong)]
    for deck in course.broken:
        cases += (replace(case, stopped=True) for case in _deck_cases(deck, course, results, wrong))
    seen = {each for case in cases for each in case.diagnostics}
    left = sorted((each for each in wrong if each not in seen), key=lambda each: each.location.path)
    return (*cases, *(_file(path, tuple(found)) for path, found in groupby(left, lambda w: w.location.path)))


def named_references(deck: Deck) -> Iterator[tuple[str, Reference]]:
    """Yield a deck's references, each with the name of its case, which is unique on its slide."""
    for slide in deck.slides:
        references = [r for r in deck.references if r.slide == slide.number]
        yield from zip(_names(references), references, strict=True)


def _deck_cases(
    deck: Deck, course: Course, results: Mapping[str, Result], wrong: Sequence[Diagnostic]
) -> Iterator[Case]:
    own = [each for each in wrong if each.location.path == deck.path]
    seen: set[Diagnostic] = set()
    for name, reference in named_references(deck):
        jobs = course.jobs_of(reference)
        scripts = {course.jobs[job].script for job in jobs}
        about = [w for w in own if w.location == reference.location]
        diagram = course.diagrams.get(reference.target.path)
        shown = {*scripts, diagram.path if diagram else reference.target.path} - {deck.path}
        about += [w for w in wrong if w.location.path in shown]
        if deck.path in scripts:  # its fences are one program: where one fails, none is proved
            about += [w for w in own if w.slug in _FAILED and w not in about]
        seen |= {*about}
        seconds = max((results[job].seconds for job in jobs if job in results), default=0.0)
        yield Case(deck.path, reference.slide, name, reference.location.line, seconds, tuple(about))
    for slide, following in zip(deck.slides, [*deck.slides[1:], None], strict=True):
        end = following.line if following else float("inf")
        inside = [w for w in own if w not in seen and _is_on(w, slide.number, slide.line, end)]
        yield Case(deck.path, slide.number, SLIDE, slide.line, 0.0, tuple(inside))


def _file(path: str, wrong: tuple[Diagnostic, ...]) -> Case:
    """Return a case for a file that is on no slide, such as a deck that cannot be read."""
    return Case(path, 1, SLIDE, wrong[0].location.line, 0.0, wrong)


def _is_on(wrong: Diagnostic, slide: int, start: int, end: float) -> bool:
    if wrong.slide:
        return wrong.slide == slide
    first = 0 if slide == 1 else start  # the front matter belongs to the first slide
    return first <= wrong.location.line < end


def _names(references: Sequence[Reference]) -> Iterator[str]:
    counts: Counter[str] = Counter()
    for reference in references:
        name = _name(reference)
        counts[name] += 1
        yield name if counts[name] == 1 else f"{name}-{counts[name]}"


def _name(reference: Reference) -> str:
    if reference.kind in (Kind.EXEC, Kind.UNVERIFIED):
        return str(reference.kind)
    target = reference.target
    part = "" if isinstance(target, FenceOf) or not target.name else f"#{target.name}"
    device = reference.variant.device and reference.kind is not Kind.FIGURE and f"@{reference.variant}"
    return posixpath.basename(target.path) + part + (device or "") + _SUFFIXES.get(reference.kind, "")
