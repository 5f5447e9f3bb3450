"""What a check looks at beyond a build: slides in the browser, figures beside accepted ones, scripts alone.

All of it is remembered, so that only what changed is looked at again.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Sequence
from dataclasses import replace

from deckwright.build.pages import Page, accepted_pictures
from deckwright.build.ports import Ports, Emit, Renderer
from deckwright.files.digests import digest, digest_of
from deckwright.model import StandaloneRun, PictureDifference, Course, Evidence, Job, SlideMeasurements, events
from deckwright.project.project import Project, deck_name
from deckwright.files.build_files import write_file
from deckwright.store import name_of

CHECKED = "check"
"""Where pictures of what is wrong lie, below build/."""


def examine(
    project: Project,
    ports: Ports,
    renderer: Renderer,
    pages: Sequence[Page],
    evidence: Evidence,
    emit: Emit,
    alone: bool,
) -> Evidence:
    """Return the evidence with all that only a check looks at; with `alone`, scripts run alone, too."""
    measured = {page.deck: _measured(project, ports, renderer, page, emit) for page in pages}
    compared = dict(_compared(project, ports, renderer, evidence))
    ran = dict(_alone(ports, evidence, emit)) if alone else {}
    return replace(evidence, measured=measured, compared=compared, alone=ran)


def pictures(evidence: Evidence) -> frozenset[str]:
    """Return the paths below build/ of all pictures that show what is wrong."""
    marked = {path for measured in evidence.measured.values() for path in measured.pictures.values()}
    return frozenset(marked | {compared.picture for compared in evidence.compared.values()} - {""})


def known_difference(
    ports: Ports, course: Course, path: str, accepted: bytes, fresh: bytes
) -> PictureDifference | None:
    """Return how far a fresh picture is from the accepted one, if a check has compared these two."""
    job = course.figures[path].job
    return ports.store.evidence(PictureDifference, job, _pair(ports, accepted, fresh), path)


def _measured(project: Project, ports: Ports, renderer: Renderer, page: Page, emit: Emit) -> SlideMeasurements:
    known = ports.store.evidence(SlideMeasurements, page.deck, page.key)
    if known and all((project.build / path).is_file() for path in known.pictures.values()):
        return known
    emit(events.Measuring(page.deck))
    found = renderer.measure(page.request, project.build / CHECKED / deck_name(page.deck))
    ports.store.put_evidence(page.deck, page.key, found)
    emit(events.Measured(page.deck, len(found.diagnostics)))
    return found


def _compared(
    project: Project, ports: Ports, renderer: Renderer, evidence: Evidence
) -> Iterator[tuple[str, PictureDifference]]:
    """Yield every figure that is accepted and not byte for byte what its script draws now."""
    for path, fresh in accepted_pictures(evidence.course, evidence.results).items():
        accepted = project.files.read(path) if project.files.exists(path) else fresh
        if accepted == fresh:
            continue
        found = known_difference(ports, evidence.course, path, accepted, fresh)
        if found is None or not (project.build / found.picture).is_file():
            found = _compare(project, renderer, path, accepted, fresh)
            job = evidence.course.figures[path].job
            ports.store.put_evidence(job, _pair(ports, accepted, fresh), found, path)
        yield path, found


def _pair(ports: Ports, accepted: bytes, fresh: bytes) -> str:
    return digest_of([digest(accepted), digest(fresh), dict(ports.render_versions())])


def _compare(project: Project, renderer: Renderer, path: str, accepted: bytes, fresh: bytes) -> PictureDifference:
    stem, suffix = posixpath.splitext(path)
    folder = project.build / CHECKED / stem
    was, now = folder / f"accepted{suffix}", folder / f"fresh{suffix}"
    write_file(was, accepted)
    write_file(now, fresh)
    drawn = folder / "difference.png"
    found = renderer.compare(was, now, drawn)
    return replace(found, picture=drawn.relative_to(project.build).as_posix())


def _alone(ports: Ports, evidence: Evidence, emit: Emit) -> Iterator[tuple[str, StandaloneRun]]:
    """Yield how each script that went well went alone."""
    waiting: dict[str, Job] = {}
    keys = {}
    for job in evidence.course.jobs.values():
        result = evidence.results.get(job.id)
        record = next(ports.store.records(job.id), None)
        if result is None or result.failure or record is None or not job.id.endswith(".py"):
            continue
        keys[job.id] = name_of(record)  # it depends on the same things as the result
        if known := ports.store.evidence(StandaloneRun, job.id, keys[job.id]):
            yield job.id, known
        else:
            waiting[job.id] = job

    def on_start(job: str) -> None:
        emit(events.Trying(job))

    for name, found in ports.alone(tuple(waiting.values()), on_start) if waiting else ():
        ports.store.put_evidence(name, keys[name], found)
        emit(events.Tried(name, found.status, round(found.seconds, 3)))
        yield name, found
