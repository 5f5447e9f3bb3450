"""The jobs of a course that a reference, a deck or a pattern selects."""

from __future__ import annotations

import posixpath
from fnmatch import fnmatchcase

from deckwright.model import Course, Deck, Kind, Reference


def job_of(course: Course, reference: Reference) -> str:
    """Return the job that produces what a reference shows; empty for none."""
    if reference.kind is Kind.UNVERIFIED:  # not part of the deck's program, although its path is the deck
        return ""
    drawn = course.figures.get(reference.target.path)
    job = drawn.job if drawn else reference.target.path
    return job if job in course.jobs else ""


def jobs_of(course: Course, deck: Deck) -> frozenset[str]:
    """Return the jobs whose code, output, figures or values a deck shows."""
    return frozenset(filter(None, (job_of(course, reference) for reference in deck.references)))


def chosen_jobs(course: Course, pattern: str) -> frozenset[str]:
    """Return the jobs that a pattern selects: scripts by path, name or wildcards, or those of a deck."""
    shown = (jobs_of(course, deck) for deck in course.decks if _is_called(deck.path, pattern))
    named = (job for job in course.jobs if _is_called(job, pattern))
    return frozenset(named).union(*shown)


def _is_called(path: str, pattern: str) -> bool:
    name = posixpath.basename(path)
    return any(fnmatchcase(each, pattern) for each in (path, name, posixpath.splitext(name)[0]))
