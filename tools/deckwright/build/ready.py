"""Which decks can be made while scripts run: those that wait for none of them."""

from __future__ import annotations

import posixpath
from collections.abc import Collection, Iterator, Mapping

from deckwright.build.context import Context
from deckwright.build.order import places_in_order
from deckwright.build.writers import last_record, makers, writers_of
from deckwright.frozen import dataclass
from deckwright.model import Course, Plan, Record, Result
from deckwright.model.reasons import RUNS_NOW
from deckwright.resolve.jobs import deck_jobs


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the runs of a build are."""

    plan: Plan
    results: Mapping[str, Result]
    """Those that there are, by job."""
    left: frozenset[str]
    """The jobs that have not ended."""

    @property
    def missing(self) -> Mapping[str, str]:
        """Why there is no result yet, or will be none, by job."""
        return {**self.plan.missing, **dict.fromkeys(sorted(self.left), RUNS_NOW)}


@dataclass(frozen=True, slots=True)
class Draft:
    """A deck as it can be made before all scripts have ended."""

    deck: str
    is_ready: bool
    """Whether it waits for nothing more."""
    shown: frozenset[str]
    """The jobs whose results it shows."""


@dataclass(frozen=True, slots=True)
class Drafts:
    """What there is to be made of decks, by the progress of the runs."""

    decks: Mapping[str, frozenset[str]]
    """The jobs that each deck shows; the decks that come first, first."""
    awaited: Mapping[str, frozenset[str]]
    """The jobs that must have ended before a deck is ready."""
    long: frozenset[str]
    """Jobs that decks are shown without until they have ended."""

    def at(self, progress: Progress) -> tuple[Draft, ...]:
        """Return the decks that can be made now, what is ready first; none when all have ended."""
        drafts = list(self._drafts(progress)) if progress.left else []
        return tuple(sorted(drafts, key=lambda draft: not draft.is_ready))

    def _drafts(self, progress: Progress) -> Iterator[Draft]:
        for deck, jobs in self.decks.items():
            waits_for = self.awaited[deck] & progress.left
            if not waits_for or waits_for & self.long:
                yield Draft(deck, not waits_for, jobs & progress.results.keys())


def drafts_of(context: Context, course: Course, plan: Plan) -> Drafts:
    """Return what there is to be made of the decks of a course while a plan is carried out."""
    early, records = context.request.early, dict(_last_records(context, plan))
    decks = {deck.path: deck_jobs(course, deck) for deck in course.decks}
    writers = writers_of({job: _with_folders(record.writes) for job, record in records.items()})
    made_by = {job: makers(job, record.reads, writers) for job, record in records.items()}
    shown = {deck.path: makers("", deck.files, writers) | decks[deck.path] for deck in course.decks}
    first = places_in_order(context, course, plan, early) if early else {}
    last = len(first)

    def order(deck: str) -> int:
        return min(first.get(each, last) for each in (deck, *decks[deck]))

    return Drafts(
        {deck: decks[deck] for deck in sorted(decks, key=order)},
        {deck: _with_makers(jobs, made_by) for deck, jobs in shown.items()},
        frozenset(step.job.id for step in plan.stale if early and early.is_long(step)),
    )


def _last_records(context: Context, plan: Plan) -> Iterator[tuple[str, Record]]:
    for step in plan.steps:
        if record := step.record or last_record(context, step.job.id):
            yield step.job.id, record


def _with_folders(paths: Collection[str]) -> set[str]:
    """Return the paths of files, and of the folders in which they lie."""
    return {*paths, *(f"{posixpath.dirname(path) or '.'}/" for path in paths)}


def _with_makers(jobs: frozenset[str], made_by: Mapping[str, frozenset[str]]) -> frozenset[str]:
    """Return jobs with those that made what they read, and what those read, and so on."""
    known, due = frozenset[str](), jobs
    while due:
        known |= due
        due = frozenset[str]().union(*(made_by.get(job, frozenset()) for job in due)) - known
    return known
