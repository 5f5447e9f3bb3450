"""Which decks can be made while scripts run: those that wait for none of them."""

from __future__ import annotations

import posixpath
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import islice

from deckwright.build.context import Context
from deckwright.model import Course, Early, Plan, Record, Result, Step
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
    writers = _writers(records)
    makers = {
        job: _makers(job, record.reads, writers) if record else frozenset[str]()
        for job, record in records.items()
    }
    shown = {deck.path: _makers("", deck.files, writers) | decks[deck.path] for deck in course.decks}
    first = _first(context, course, plan, early) if early else {}
    last = len(first)

    def order(deck: str) -> int:
        return min(first.get(each, last) for each in (deck, *decks[deck]))

    return Drafts(
        {deck: decks[deck] for deck in sorted(decks, key=order)},
        {deck: _with_makers(jobs, makers) for deck, jobs in shown.items()},
        frozenset(step.job.id for step in plan.stale if early and early.is_long(step)),
    )


def deck_by_deck(context: Context, course: Course, plan: Plan) -> Plan:
    """Return a plan that starts what somebody waits for first, and then one deck's jobs after the other's.

    What took longer last time comes later: it must not keep the pages of quick scripts waiting. These may
    also run when long ones have all slots.
    """
    early, never = context.request.early, float("inf")
    if early is None:
        return plan
    first = _first(context, course, plan, early)
    decks = {job: at for at, deck in reversed([*enumerate(course.decks)]) for job in deck_jobs(course, deck)}

    def order(step: Step) -> tuple[int, float, int]:
        seconds = never if step.last_seconds is None else step.last_seconds
        job = step.job.id
        return first.get(job, len(first)), seconds, decks.get(job, len(decks))

    steps = (
        replace(step, job=replace(step.job, is_quick=not early.is_long(step)))
        for step in sorted(plan.steps, key=order)
    )
    return replace(plan, steps=tuple(steps))


def _first(context: Context, course: Course, plan: Plan, early: Early) -> Mapping[str, int]:
    """Return the place in the order of what was just saved or opened, by deck and by stale job of it."""
    paths = enumerate(filter(None, (*early.first, early.viewed)))
    saved = {path: place for place, path in reversed([*paths])}
    places = dict(saved)
    shown: dict[str, set[str]] = {}
    for deck in course.decks:
        for job in deck_jobs(course, deck) if deck.path in saved else ():
            shown.setdefault(job, set()).add(deck.path)
    for step in plan.stale if saved else ():
        script, job = step.job.script, step.job.id
        reads = (record.reads for record in _last(context, job))
        concerned = {script, *shown.get(job, ())}.union(*reads) & saved.keys()
        if concerned:
            places[job] = min(saved[path] for path in concerned)
    return places


def _last_records(context: Context, plan: Plan) -> Iterator[tuple[str, Record | None]]:
    for step in plan.steps:
        yield step.job.id, step.record or next(_last(context, step.job.id), None)


def _last(context: Context, job: str) -> Iterator[Record]:
    """Yield the record of a job's last run, if there is one."""
    return islice(context.ports.store.records(job), 1)


def _writers(records: Mapping[str, Record | None]) -> Mapping[str, frozenset[str]]:
    """Return the jobs that wrote a file, or in a folder, by its path."""
    writers: dict[str, set[str]] = {}
    for job, record in records.items():
        for path in record.writes if record else ():
            writers.setdefault(path, set()).add(job)
            writers.setdefault(f"{posixpath.dirname(path)}/", set()).add(job)
    return {path: frozenset(jobs) for path, jobs in writers.items()}


def _makers(job: str, reads: Collection[str], writers: Mapping[str, frozenset[str]]) -> frozenset[str]:
    """Return the other jobs that wrote what is read."""
    return frozenset[str]().union(*(writers[path] for path in writers.keys() & set(reads))) - {job}


def _with_makers(jobs: frozenset[str], makers: Mapping[str, frozenset[str]]) -> frozenset[str]:
    """Return jobs with those that made what they read, and what those read, and so on."""
    known, due = frozenset[str](), jobs
    while due:
        known |= due
        due = frozenset[str]().union(*(makers.get(job, frozenset()) for job in due)) - known
    return known
