"""Would a build only repeat the last one? Then nothing is parsed: what that one told is told again.

A build is a function of what it asks its ports. So it writes down what it asked and was told (the
sources by digest and stamp, everything else as one digest), and what it left below build/. While all
of this stands, a build of the same request would end in the same report.
"""

from __future__ import annotations

import time
from dataclasses import replace

from deckwright.files import codec
from deckwright.build.ports import Ports, Emit
from deckwright.files.disk import Disk
from deckwright.files.tracked import FileLog, TrackedFiles
from deckwright.files.digests import digest_of
from deckwright.model import JobReport, Report, Request, events
from deckwright.model.reasons import unchanged
from deckwright.project.project import Project
from deckwright.report.diagnostics_text import in_order
from deckwright.store import BuildRecord


def recall(project: Project, ports: Ports, request: Request) -> Report | None:
    """Return the report of the last build of this request if a build today would give it again."""
    started = time.monotonic()
    told = ports.store.build(_name(project, request)) if _repeatable(request) else None
    refreshed = _refreshed(project, ports, told) if told else None
    if told is None or refreshed is None:
        return None
    if refreshed != told:  # stamps moved and nothing else: the next build need not read those files
        ports.store.put_build(_name(project, request), refreshed)
    return _again(told.report, time.monotonic() - started)


def standing(project: Project, ports: Ports) -> frozenset[str]:
    """Return the names of the remembered builds that a build today would only repeat."""
    builds = ((name, ports.store.build(name)) for name in ports.store.builds())
    return frozenset(name for name, told in builds if told and _refreshed(project, ports, told))


def before(project: Project, ports: Ports, request: Request) -> FileLog | None:
    """Return what the last build of this request read, so that unchanged files keep their digests."""
    told = ports.store.build(_name(project, request))
    return told.sources if told else None


def conditions_of(project: Project, ports: Ports) -> str:
    """Return a digest of all that a build depends on besides the sources: take it when it begins."""
    return digest_of([codec.encode(project.settings), ports.conditions()])


def remember(project: Project, ports: Ports, request: Request, told: BuildRecord) -> None:
    """Write down a build that came to its end, unless what it left is no longer there."""
    made = TrackedFiles(Disk(project.build))
    if _repeatable(request) and made.agrees(told.outputs):
        ports.store.put_build(_name(project, request), replace(told, outputs=made.file_log()))


def tell(report: Report, emit: Emit) -> Report:
    """Emit the events in which every build ends, and return its report."""
    for wrong in in_order(report.diagnostics):
        emit(events.Found(wrong))
    emit(events.Done(report.good, report.seconds))
    return report


def _refreshed(project: Project, ports: Ports, told: BuildRecord) -> BuildRecord | None:
    """Return what was told with today's stamps; None if a build today would tell something else."""
    if told.conditions != conditions_of(project, ports):
        return None
    sources = TrackedFiles(project.files, told.sources)
    made = TrackedFiles(Disk(project.build), told.outputs)
    if not (sources.agrees(told.sources) and made.agrees(told.outputs)):
        return None
    return replace(told, sources=sources.file_log(), outputs=made.file_log())


def _repeatable(request: Request) -> bool:
    """Whether nothing but what is written down decides what a build of a request tells.

    With `only`, what is stale and not asked for may have been run meanwhile, by `sync` for one.
    """
    return not (request.force or request.only)


def _name(project: Project, request: Request) -> str:
    # Decks are named from where the author stands; which ones are meant counts. What is shown
    # before scripts run does not.
    decks = project.decks(request.decks) if request.decks else ()
    return digest_of(codec.encode(replace(request, decks=decks, early_seconds=None)))


def _again(report: Report, seconds: float) -> Report:
    """Return what a second build tells: it runs nothing."""
    return replace(report, jobs=tuple(map(_kept, report.jobs)), seconds=seconds)


def _kept(job: JobReport) -> JobReport:
    if not job.ran:
        return job
    return replace(job, ran=False, reason=unchanged(failed=job.failure is not None))
