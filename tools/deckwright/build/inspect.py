"""What a check looks at beyond a build: slides in the browser, figures beside accepted ones, scripts alone.

All of it is remembered, so that only what changed is looked at again.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Sequence
from dataclasses import replace

from deckwright.build.alone import Trials
from deckwright.build.broken import unrendered
from deckwright.build.context import Context
from deckwright.build.drawings import deck_showing
from deckwright.build.illustrate import marked_slides
from deckwright.build.pages import Page, accepted_pictures
from deckwright.build.ports import Renderer
from deckwright.errors import RenderError
from deckwright.execute.outside import outside_cause_alone
from deckwright.files.build_files import write_file
from deckwright.files.digests import digest, digest_of
from deckwright.model import (
    PASSING,
    CleanSlides,
    Course,
    Evidence,
    Job,
    PictureDifference,
    RenderedDeck,
    SlideMeasurements,
    StandaloneRun,
    events,
)
from deckwright.store import name_of

CHECKED = "check"
"""Where pictures of what is wrong lie, below build/."""


def inspect(context: Context, renderer: Renderer, pages: Sequence[Page], evidence: Evidence) -> Evidence:
    """Return the evidence with all that only a check looks at."""
    check = context.request.check
    measured, failures = {}, {}
    built = {each.deck.path: each.rendered for each in evidence.built}
    for page in pages:
        try:
            if page.deck.path in built:
                measured[page.deck.path] = _measured(context, renderer, page, built[page.deck.path])
        except RenderError as error:
            failures[page.deck.path] = error
    compared = dict(_compared(context, renderer, evidence))
    standalone = dict(_standalone(context, evidence)) if check and check.standalone else {}
    course = unrendered(evidence.course, failures)
    evidence = replace(evidence, course=course, measured=measured, compared=compared, standalone=standalone)
    return replace(evidence, marked=marked_slides(context, renderer, pages, evidence, CHECKED))


def may_be_repeated(evidence: Evidence) -> bool:
    """Whether all that was looked at depends on what the next build compares.

    Not so where a browser failed, or a script alone for a reason that may lie outside of it.
    """
    seen = all(each.pictures for each in evidence.marked.values())
    return seen and not any(map(outside_cause_alone, evidence.standalone.values()))


def pictures(evidence: Evidence) -> frozenset[str]:
    """Return the paths below build/ of all pictures that show what is wrong."""
    measured = {path for each in evidence.measured.values() for path in each.pictures.values()}
    marked = {path for each in evidence.marked.values() for path in each.pictures.values()}
    return frozenset(measured | marked | {compared.picture for compared in evidence.compared.values()} - {""})


def known_difference(
    context: Context, course: Course, path: str, accepted: bytes, fresh: bytes
) -> PictureDifference | None:
    """Return how far a fresh picture is from the accepted one, if a check has compared these two."""
    pair = _pair(context, accepted, fresh)
    return context.known(PictureDifference, _subject(course, path), pair, path)


def _measured(context: Context, renderer: Renderer, page: Page, rendered: RenderedDeck) -> SlideMeasurements:
    store, deck = context.ports.store, page.deck.path
    lacking = [each.message for each in rendered.diagnostics if each.slug in PASSING]
    key = digest_of([page.key, page.request.least_text, lacking])
    known = context.known(SlideMeasurements, deck, key)
    if known and all((context.build / path).is_file() for path in known.pictures.values()):
        return known
    context.emit(events.Measuring(deck))
    # What shapes slides besides what their digests name.
    looks = digest_of([dict(context.ports.render_versions()), lacking])
    last = context.known(CleanSlides, deck, looks)
    folder = context.build / CHECKED / page.name
    measured = renderer.measure(page.request, folder, last.digests if last else frozenset())
    store.put_evidence(deck, key, measured)
    store.put_evidence(deck, looks, CleanSlides(measured.clean))
    context.emit(events.Measured(deck, len(measured.diagnostics)))
    return measured


def _compared(
    context: Context, renderer: Renderer, evidence: Evidence
) -> Iterator[tuple[str, PictureDifference]]:
    """Yield every figure that is accepted and not byte for byte what its script draws now."""
    files = context.project.files
    for path, fresh in _fresh_pictures(evidence).items():
        accepted = files.read(path) if files.exists(path) else fresh
        if accepted == fresh:
            continue
        found = known_difference(context, evidence.course, path, accepted, fresh)
        if found is None or not (context.build / found.picture).is_file():
            found = _compare(context, renderer, path, accepted, fresh)
            subject = _subject(evidence.course, path)
            context.ports.store.put_evidence(subject, _pair(context, accepted, fresh), found, path)
        yield path, found


def _fresh_pictures(evidence: Evidence) -> dict[str, bytes]:
    """Return the pictures that ought to look like the accepted ones: those of small values do not."""
    whole = {job: result for job, result in evidence.results.items() if not evidence.course.is_small(job)}
    return accepted_pictures(evidence.course, whole, evidence.drawings)


def _subject(course: Course, path: str) -> str:
    """Return what evidence about a picture is kept with."""
    return course.figures[path].job if path in course.figures else deck_showing(course, path)


def _pair(context: Context, accepted: bytes, fresh: bytes) -> str:
    return digest_of([digest(accepted), digest(fresh), dict(context.ports.render_versions())])


def _compare(
    context: Context, renderer: Renderer, path: str, accepted: bytes, fresh: bytes
) -> PictureDifference:
    stem, suffix = posixpath.splitext(path)
    folder = context.build / CHECKED / stem
    was, now = folder / f"accepted{suffix}", folder / f"fresh{suffix}"
    write_file(was, accepted, sync=False)
    write_file(now, fresh, sync=False)
    drawn = folder / "difference.png"
    found = renderer.compare(was, now, drawn)
    return replace(found, picture=drawn.relative_to(context.build).as_posix())


def _standalone(context: Context, evidence: Evidence) -> Iterator[tuple[str, StandaloneRun]]:
    """Yield how each script that succeeded went when it ran as a student runs it."""
    store = context.ports.store
    waiting: dict[str, Job] = {}
    keys = {}
    for job in evidence.course.jobs.values():
        result = evidence.results.get(job.id)
        record = next(store.records(job.id), None)
        if result is None or result.failure or record is None or not _as_student(context, job):
            continue
        keys[job.id] = name_of(record)  # it depends on the same things as the result
        if known := context.known(StandaloneRun, job.id, keys[job.id]):
            yield job.id, known
        else:
            waiting[job.id] = job

    for name, run in Trials(evidence, waiting, context.ports.run_standalone, context.emit).outcomes():
        if not outside_cause_alone(run):
            store.put_evidence(name, keys[name], run)
        yield name, run


def _as_student(context: Context, job: Job) -> bool:
    """Whether a student can run it as it ran here: a whole file, on the device that it gets by itself."""
    is_own_device = job.variant.device in ("", context.ports.device_for("any"))
    return job.script.endswith(".py") and is_own_device and not job.variant.overrides
