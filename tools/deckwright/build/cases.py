"""Slides are tests: a case for every reference and every slide, each with what is wrong with it."""

from __future__ import annotations

import posixpath
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from types import MappingProxyType

from deckwright.compose.smoke import is_left_out
from deckwright.model import (
    Case,
    CaseState,
    Course,
    Deck,
    Diagnostic,
    FailureKind,
    FenceOf,
    Kind,
    Reference,
    Result,
    Severity,
    has_errors,
)
from deckwright.model.reasons import DECK_IS_BROKEN, NOT_IN_SMOKE, NOTHING_RAN

SLIDE = "slide"
"""Name of the case that stands for a slide as a whole."""

_WORST_FIRST = (CaseState.KNOWN, CaseState.ALLOWED, CaseState.ACCEPTED)
"""What a case is that has errors of several of these kinds."""

_FAILED = {"snippet-failed", *map(str, FailureKind)}

_SUFFIXES = {Kind.OUTPUT: ":output", Kind.VALUE: ":value"}


Excused = Mapping[Diagnostic, tuple[CaseState, str]]
"""What is wrong and fails no case: what becomes of its cases, and why."""


def cases_of(
    course: Course,
    results: Mapping[str, Result],
    wrong: Sequence[Diagnostic],
    excused: Excused = MappingProxyType({}),
    missing: Mapping[str, str] = MappingProxyType({}),
) -> tuple[Case, ...]:
    """Return the cases of all decks, in order; all that is wrong is in at least one of them.

    `missing` says why there is no result, by job.
    """
    every = tuple(dict.fromkeys((*wrong, *excused)))
    found = [pair for deck in course.decks for pair in _deck_cases(deck, course, results, every, missing)]
    reason = DECK_IS_BROKEN if course.decks else NOTHING_RAN
    for deck in course.broken:
        pairs = _deck_cases(deck, course, results, every, missing)
        found += [(replace(case, state=CaseState.SKIPPED, reason=reason), about) for case, about in pairs]
    seen = {each for _, about in found for each in about}
    left = sorted((each for each in every if each not in seen), key=lambda each: each.location.path)
    found += [_file(path, tuple(of_file)) for path, of_file in groupby(left, lambda w: w.location.path)]
    return tuple(_judged(case, about, excused) for case, about in found)


def named_references(deck: Deck) -> Iterator[tuple[str, Reference]]:
    """Yield a deck's references, each with the name of its case, which is unique on its slide."""
    for slide in deck.slides:
        references = [r for r in deck.references if r.slide == slide.number]
        yield from zip(_names(references), references, strict=True)


def _deck_cases(
    deck: Deck,
    course: Course,
    results: Mapping[str, Result],
    wrong: Sequence[Diagnostic],
    missing: Mapping[str, str],
) -> Iterator[tuple[Case, Sequence[Diagnostic]]]:
    """Yield each case, with all that is wrong with it."""
    own = [each for each in wrong if each.location.path == deck.path]
    seen: set[Diagnostic] = set()
    for name, reference in named_references(deck):
        jobs = course.jobs_of(reference)
        about = _about(reference, course, jobs, wrong)
        scripts = {course.jobs[job].script for job in jobs}
        if deck.path in scripts:  # its fences are one program: where one fails, none is proved
            about += [w for w in own if w.slug in _FAILED and w not in about]
        seen |= {*about}
        seconds = max((results[job].seconds for job in jobs if job in results), default=0.0)
        case = Case(deck.path, reference.slide, name, reference.location.line, seconds)
        pairs = ((each, course.jobs_of(each)) for each in reference.versions)
        reason = next(filter(None, (_not_run(each, own, results, missing) for each, own in pairs)), "")
        state = CaseState.NOT_RUN if reason else CaseState.PROVED
        if small := [course.jobs[job].variant for job in jobs if course.is_small(job) and not reason]:
            left_out = is_left_out(course, reference, results)
            state, reason = CaseState.SMOKE, NOT_IN_SMOKE if left_out else str(small[0])
        yield replace(case, state=state, reason=reason), about
    for slide, following in zip(deck.slides, [*deck.slides[1:], None], strict=True):
        end = following.line if following else float("inf")
        inside = [w for w in own if w not in seen and _is_on(w, slide.number, slide.line, end)]
        yield Case(deck.path, slide.number, SLIDE, slide.line), inside


def _about(
    reference: Reference, course: Course, jobs: Sequence[str], wrong: Sequence[Diagnostic]
) -> list[Diagnostic]:
    """Return what is wrong with a reference, and with the files that it shows."""
    deck = reference.location.path
    diagram = course.diagrams.get(reference.target.path)
    scripts = {course.jobs[job].script for job in jobs}
    versions = reference.versions
    shown = {*scripts, *(each.target.path for each in versions)} - {deck}
    if diagram:
        shown = shown - {reference.target.path} | {diagram.path}
    about = [w for w in wrong if any(w.location == each.location for each in versions)]
    return about + [w for w in wrong if w.location.path in shown]


def _not_run(
    reference: Reference, jobs: Sequence[str], results: Mapping[str, Result], missing: Mapping[str, str]
) -> str:
    """Return why nothing of a reference ran; empty if it did, or if nobody knows why not."""
    if reference.kind is Kind.NOT_RUN:
        return reference.display.no_exec
    return "" if any(job in results for job in jobs) else next((missing[j] for j in jobs if j in missing), "")


def _judged(case: Case, about: Sequence[Diagnostic], excused: Excused) -> Case:
    """Return a case with what is wrong with it, but not what is accepted or known."""
    excuses = {each: excused[each] for each in about if each in excused}
    hidden = {each for each, (state, _) in excuses.items() if state is not CaseState.ALLOWED}
    case = replace(case, diagnostics=tuple(each for each in about if each not in hidden))
    if has_errors(case.diagnostics):
        return replace(case, state=CaseState.FAILED, reason="")
    reasons: dict[CaseState, dict[str, None]] = {}
    for each, (state, reason) in excuses.items():
        if each.severity is Severity.ERROR or state is CaseState.ALLOWED:
            reasons.setdefault(state, {})[reason] = None
    worst = next((state for state in _WORST_FIRST if state in reasons), None)
    if worst is None or case.state is not CaseState.PROVED:
        return case
    return replace(case, state=worst, reason="; ".join(reasons[worst]))


def _file(path: str, wrong: tuple[Diagnostic, ...]) -> tuple[Case, Sequence[Diagnostic]]:
    """Return a case for a file that is on no slide, such as a deck that cannot be read."""
    return Case(path, 1, SLIDE, wrong[0].location.line), wrong


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
    if reference.kind is Kind.EXEC or reference.kind.never_runs:
        return str(reference.kind)
    target = reference.target
    part = "" if isinstance(target, FenceOf) or not target.name else f"#{target.name}"
    device = reference.variant.device and reference.kind is not Kind.FIGURE and f"@{reference.variant}"
    return posixpath.basename(target.path) + part + (device or "") + _SUFFIXES.get(reference.kind, "")
