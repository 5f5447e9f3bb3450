"""Would a build only repeat the last one? Then nothing is parsed: what that one told is told again.

A build is a function of what it asks its doors. So it writes down what it asked and was told (the
sources by digest and stamp, everything else as one digest), and what it left below build/. While all
of this stands, a build of the same request would end in the same report.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from deckwright import codec
from deckwright.doors import Doors, Emit
from deckwright.files import Disk, Testimony, Witness
from deckwright.fingerprint import digest_of
from deckwright.model import Event, JobReport, Report, Request
from deckwright.project import Project
from deckwright.report.format import report_json
from deckwright.store import Told


def recall(project: Project, doors: Doors, request: Request) -> Report | None:
    """Return the report of the last build of this request if a build today would give it again."""
    if request.force:
        return None
    told = doors.store.build(_name(request))
    if told is None or told.conditions != _conditions(project, doors):
        return None
    sources = Witness(project.files, told.sources)
    made = Witness(Disk(project.build), told.made)
    if not (sources.agrees(told.sources) and made.agrees(told.made)):
        return None
    settled = replace(told, sources=sources.testimony(), made=made.testimony())
    if settled != told:  # stamps moved and nothing else: the next build need not read those files
        doors.store.put_build(_name(request), settled)
    return _again(told.report)


def before(doors: Doors, request: Request) -> Testimony | None:
    """Return what the last build of this request read, so that unchanged files keep their digests."""
    told = doors.store.build(_name(request))
    return told.sources if told else None


def remember(
    project: Project, doors: Doors, request: Request, sources: Testimony, made: Iterable[str], report: Report
) -> None:
    """Write down what a build that came to its end read, left below build/ (paths) and told."""
    left = Witness(Disk(project.build))
    for path in made:
        left.digest(path)
    told = Told(_conditions(project, doors), sources, left.testimony(), report)
    doors.store.put_build(_name(request), told)


def tell(report: Report, emit: Emit) -> Report:
    """Emit the events in which every build ends, and return its report."""
    for wrong in report_json(report)["diagnostics"]:
        emit(Event("diagnostic", wrong["path"], wrong))
    emit(Event("done", detail={"good": report.good, "seconds": report.seconds}))
    return report


def _name(request: Request) -> str:
    return digest_of(codec.encode(request))


def _conditions(project: Project, doors: Doors) -> str:
    return digest_of([codec.encode(project.settings), doors.conditions()])


def _again(report: Report) -> Report:
    """Return what a second build tells: it runs nothing."""
    return replace(report, jobs=tuple(map(_kept, report.jobs)))


def _kept(job: JobReport) -> JobReport:
    if not job.ran:
        return job
    reason = "it failed, and nothing changed" if job.failure else "nothing changed"
    return replace(job, ran=False, reason=reason)
