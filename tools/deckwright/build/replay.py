"""Would a build only repeat the last one? Then nothing is parsed: its report is given again.

A build is a function of what it asks its ports. So it writes down what it asked and what the answers
were (the sources by digest and stamp, everything else as one digest), and what it left below build/.
While all of this is still so, a build of the same request would end in the same report.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from deckwright.build.context import Context
from deckwright.build.failures import with_repeated
from deckwright.files import codec
from deckwright.files.digests import ABSENT, digest_of
from deckwright.files.disk import Disk
from deckwright.files.tracked import FileLog, FileState, TrackedFiles
from deckwright.frozen import dataclass
from deckwright.model import PASSING, Event, FailureKind, JobReport, Report, Request, events
from deckwright.model.reasons import unchanged
from deckwright.report.groups import grouped
from deckwright.store import BuildRecord

_PASSING = PASSING | {FailureKind.REMOVED}
"""Slugs of what the next build may do without, though nothing changes that a build reads."""


@dataclass(frozen=True, slots=True)
class LastBuild:
    """The last build of a request, where nothing but contents of sources has changed since."""

    record: BuildRecord
    """With today's stamps of all files that did not change."""
    changed: frozenset[str]
    """The sources whose contents changed."""


def last_build(context: Context) -> LastBuild | None:
    """Return the last build of this request; None if more than contents of sources has changed since."""
    record = _record(context) if _is_repeatable(context.request) else None
    last = _as_of_today(context, record) if record else None
    if last and not last.changed and last.record != record:
        # Stamps moved and nothing else: the next build need not read those files.
        context.ports.store.put_build(_name(context), last.record)
    return last


def repeated(last: LastBuild, seconds: float) -> Report:
    """Return the report of the last build as a build today would give it, in which nothing runs."""
    jobs = tuple(map(unchanged_job, last.record.report.jobs))
    return replace(last.record.report, jobs=jobs, seconds=seconds)


def repeatable_builds(context: Context) -> frozenset[str]:
    """Return the names of the remembered builds that a build today would only repeat."""
    store = context.ports.store
    records = ((name, store.build(name)) for name in store.builds())
    since = {name: _as_of_today(context, record) for name, record in records if record}
    return frozenset(name for name, last in since.items() if last and not last.changed)


def last_log(context: Context) -> FileLog | None:
    """Return what the last build of this request read, so that unchanged files keep their digests."""
    record = _record(context)
    return record.sources if record else None


def deck_has_changed(context: Context) -> bool:
    """Whether a deck is not what the last build of this request has read; where there was none, no."""
    log = last_log(context)
    if log is None:
        return False
    sources, absent = TrackedFiles(context.project.files, log), FileState(ABSENT)
    decks = context.project.decks(context.request.decks)
    return any(sources.digest(deck) != log.files.get(deck, absent).digest for deck in decks)


def conditions_of(context: Context) -> str:
    """Return a digest of all that a build depends on besides the sources: take it when it begins."""
    return digest_of([codec.encode(context.project.settings), context.ports.conditions()])


def remember(context: Context, record: BuildRecord) -> None:
    """Write down a build that has ended, unless its files are gone or it lacks what the next may get."""
    # What it did not write again is as the last build left it, if its stamp is the same.
    made = TrackedFiles(Disk(context.build), record.outputs)
    if any(each.slug in _PASSING for each in record.report.diagnostics):
        return
    if _is_repeatable(context.request) and made.agrees(record.outputs):
        context.ports.store.put_build(_name(context), replace(record, outputs=made.file_log()))


def emit_end(report: Report, emit: Callable[[Event], None]) -> Report:
    """Emit the events in which every build ends; return its report, which says what earlier runs gave."""
    report = with_repeated(report)
    for group in grouped(report.diagnostics):
        emit(events.Found(group))
    emit(events.Done(report.good, report.seconds))
    return report


def _record(context: Context) -> BuildRecord | None:
    return context.ports.store.build(_name(context))


def _as_of_today(context: Context, record: BuildRecord) -> LastBuild | None:
    if record.conditions != conditions_of(context):
        return None
    sources = TrackedFiles(context.project.files, record.sources)
    made = TrackedFiles(Disk(context.build), record.outputs)
    changed = sources.changed_since(record.sources)
    if changed is None or not made.agrees(record.outputs):
        return None
    today = replace(record, sources=sources.file_log(), outputs=made.file_log())
    return LastBuild(today, changed)


def _is_repeatable(request: Request) -> bool:
    """Whether nothing but what is written down decides what a build of a request reports.

    With `only`, what is stale and not asked for may have been run meanwhile, by `sync` for one.
    """
    return not (request.force or request.only)


def _name(context: Context) -> str:
    # Decks are named from where the author stands; which ones are meant counts. What is shown
    # before scripts run does not.
    request = context.request
    decks = context.project.decks(request.decks) if request.decks else ()
    return digest_of(codec.encode(replace(request, decks=decks, early=None)))


def unchanged_job(job: JobReport) -> JobReport:
    """Return what a second build reports of a job: it does not run."""
    return replace(job, ran=False, reason=unchanged(failed=job.failure is not None)) if job.ran else job
