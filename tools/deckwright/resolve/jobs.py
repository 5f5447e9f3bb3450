"""The jobs of a course that a deck or a pattern selects, and how a student starts one."""

from __future__ import annotations

import posixpath
from fnmatch import fnmatchcase

from deckwright.model import Course, Deck


def deck_jobs(course: Course, deck: Deck) -> frozenset[str]:
    """Return the jobs whose code, output, figures or values a deck shows."""
    return frozenset(job for reference in deck.references for job in course.jobs_of(reference))


def chosen_jobs(course: Course, pattern: str) -> frozenset[str]:
    """Return the jobs that a pattern selects: scripts by path, name or wildcards, or those of a deck."""
    shown = (deck_jobs(course, deck) for deck in course.decks if _is_called(deck.path, pattern))
    named = (
        job.id
        for job in course.jobs.values()
        if _is_called(job.script, pattern) or _is_called(job.id, pattern)
    )
    return frozenset(named).union(*shown)


def _is_called(path: str, pattern: str) -> bool:
    name = posixpath.basename(path)
    return any(fnmatchcase(each, pattern) for each in (path, name, posixpath.splitext(name)[0]))
