"""Names of references, as a command is given them: a course -> the same course with no others."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from deckwright.build.cases import named_references
from deckwright.errors import ConfigError
from deckwright.model import Course, Deck, Reference
from deckwright.text.suggest import did_you_mean

_ANY = "name a deck, a case, a script, a region or a figure"


def select(course: Course, names: Sequence[str]) -> Course:
    """Keep the references that names mean, and what has to run for them.

    A name is a deck's, a script's, a region's or value's (`f.py#r`), a figure's, or that of a slide or
    case (`slides/a.md::slide-2::f.py#r`). Raises ConfigError if one means nothing in the course.
    """
    called = {deck.path: dict(_called(course, deck)) for deck in course.decks}
    known = {name for references in called.values() for found in references.values() for name in found}
    for name in names:
        if name not in known:
            raise ConfigError(f"nothing on a slide is called {name}", did_you_mean(name, sorted(known), _ANY))
    wanted = set(names)
    decks = tuple(
        replace(deck, references=tuple(r for r in deck.references if wanted & called[deck.path][r.start]))
        for deck in course.decks
    )
    return narrowed(course, decks)


def narrowed(course: Course, decks: tuple[Deck, ...]) -> Course:
    """Return a course with no other decks and references, and with what these need."""
    references = [reference for deck in decks for reference in deck.references]
    jobs = {job for reference in references for job in course.jobs_of(reference)}
    shown = {reference.target.path for reference in references}
    return replace(
        course,
        decks=decks,
        jobs={name: job for name, job in course.jobs.items() if name in jobs},
        figures={path: drawn for path, drawn in course.figures.items() if path in shown},
        diagrams={path: drawn for path, drawn in course.diagrams.items() if path in shown},
    )


def _called(course: Course, deck: Deck) -> Iterator[tuple[int, frozenset[str]]]:
    """Yield for each reference, by where it starts, all names that mean it."""
    for name, reference in named_references(deck):
        slide = f"{deck.path}::slide-{reference.slide}"
        names = {deck.path, slide, f"{slide}::{name}", *course.jobs_of(reference)}
        names |= {name for version in reference.versions for name in _target(version)}
        if diagram := course.diagrams.get(reference.target.path):
            names.add(diagram.path)
        yield reference.start, frozenset(names - {""})


def _target(reference: Reference) -> Iterator[str]:
    path, name = reference.target.path, reference.target.name
    if not reference.kind.never_runs:
        yield path
        yield f"{path}#{name}" if name else path
