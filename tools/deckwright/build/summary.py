"""What a build did -> `Report`: counts, statuses, and everything that is wrong with what was written."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import replace

from deckwright.build.drawings import drawing_diagnostics
from deckwright.build.failures import failure_diagnostic
from deckwright.build.output_diagnostics import secret_diagnostics, stderr_diagnostic
from deckwright.checks.accepted import sort_accepted
from deckwright.checks.slides import slide_diagnostics
from deckwright.execute.outside import outside_cause
from deckwright.formats import COVER, FORMATS
from deckwright.model import (
    BuiltDeck,
    Cause,
    Course,
    Deck,
    DeckReport,
    Diagnostic,
    Evidence,
    ExpandedDeck,
    JobReport,
    Kind,
    Location,
    PageDiagnostic,
    Plan,
    Report,
    Result,
    Severity,
    SlideMeasurements,
    State,
    Status,
    Step,
)
from deckwright.parse.html import local_files
from deckwright.project.project import SLIDES, deck_name
from deckwright.report.groups import in_order
from deckwright.resolve.jobs import deck_jobs
from deckwright.text.addresses import file_of, spellings
from deckwright.text.lines import Lines
from deckwright.text.paths import COPY_OR_ALLOW, in_project

_ABSENT = ("missing-file", "outside-project")
"""Slugs of files that pages do not get, which both a deck and its page may show."""

_HINTS = {
    "outside-project": COPY_OR_ALLOW,
    "remote-resource": "copy it into the project: a lecture hall may have no network",
    "missing-web-font": "put its file into the project, and name it in an @font-face rule of the theme",
    "web-font-not-fetched": "connect to the network and build again: the font then stays on this machine",
    "chart-interrupted": "build again when this computer is less busy, or show fewer marks",
    "font-not-fetched": "connect to the network and build again: the fonts then stay on this machine",
    "machine-path": "copy it into the project, and name it relative to the deck",
    "broken-formula": "correct it; a dollar is written \\$; math: mathjax or katex chooses the engine",
    "broken-picture": "put a picture there that browsers show: SVG, PNG, JPEG, GIF, WebP or AVIF",
    "refused-html": "set html = true in [tool.deckwright.marp], or use classes and a <style> of the deck",
    "not-editable": "edit the deck, or give the slide a plainer look",
    "diagram": "correct it, or write no-draw behind the language to show the code",
    "diagram-not-drawn": "write no-draw behind the language to show the code without a warning",
}


def summarise(evidence: Evidence, seconds: float, versions: Mapping[str, str]) -> Report:
    """Return the report of a build; the evidence has no pages where it stopped before."""
    course, plan, results = evidence.course, evidence.plan, evidence.results
    missing = {each.subject for each in course.diagnostics if each.slug in _ABSENT}
    refused = {built.deck.path: _in_refused_tags(built) for built in evidence.built}
    found = [
        each
        for each in course.diagnostics
        if each.slug not in _ABSENT or each.subject not in refused.get(each.location.path, ())
    ]
    found += _run_diagnostics(course, results, evidence.secrets)
    found += drawing_diagnostics(course, evidence.drawings)
    for built in evidence.built:
        found += [
            *built.expanded.diagnostics,
            *_accepted(built, course, plan),
            *_page_diagnostics(built, missing, evidence.measured.get(built.deck.path)),
            *_misfits(built),
        ]
    every = sort_accepted(course, in_order(found))
    return Report(
        decks=tuple(_deck_report(course, built) for built in evidence.built),
        jobs=tuple(_job_report(step, results.get(step.job.id)) for step in plan.steps),
        diagnostics=every.left,
        accepted=every.accepted,
        seconds=seconds,
        versions=versions,
        broken=tuple(deck.path for deck in course.broken),
        smoke=tuple(sorted(filter(course.is_small, course.jobs))),
    )


def known_errors(course: Course, results: Mapping[str, Result]) -> tuple[Diagnostic, ...]:
    """Return the errors of what was read and of what has run, before there are pages."""
    found = [*course.diagnostics, *_run_diagnostics(course, results, {})]
    # Whether a page gets a file that is absent is known when there is one.
    errors = [each for each in found if each.severity is Severity.ERROR and each.slug not in _ABSENT]
    return sort_accepted(course, dict.fromkeys(errors)).left


def merged(before: Report, now: Report, exists: Callable[[str], bool]) -> Report:
    """Return the report of a build of some decks, with what an earlier one says of the others.

    `exists` returns whether a deck is still there.
    """
    decks = [deck for deck in before.decks if deck.path not in now.looked_at and exists(deck.path)]
    needed = {job for deck in decks for job in deck.scripts} - {job.job for job in now.jobs}
    jobs = [replace(job, ran=False) for job in before.jobs if job.job in needed]
    others = Report(tuple(decks), tuple(jobs)).looked_at - now.looked_at
    kept = [each for each in before.diagnostics if each.location.path in others]
    return replace(
        now,
        decks=(*now.decks, *decks),
        jobs=(*now.jobs, *jobs),
        diagnostics=(*now.diagnostics, *kept),
        accepted=(*now.accepted, *(a for a in before.accepted if a.diagnostic.location.path in others)),
        smoke=tuple(sorted({*now.smoke, *needed.intersection(before.smoke)})),
    )


def _deck_report(course: Course, built: BuiltDeck) -> DeckReport:
    deck, outputs = built.deck, built.rendered.outputs
    paths = {each.name: outputs[each.name].path if each.name in outputs else "" for each in FORMATS}
    return DeckReport(
        path=deck.path,
        title=deck.title,
        description=deck.description,
        slides=built.rendered.slides,
        references=dict(Counter(str(reference.kind) for reference in deck.references)),
        accepted=len(built.expanded.accepted),
        scripts=tuple(sorted(deck_jobs(course, deck))),
        diagrams=tuple(sorted(_shown_diagrams(course, deck))),
        outputs=paths,
        files={each.name: tuple(outputs[each.name].files) for each in FORMATS if each.name in outputs},
        summaries={name: each.summary for name, each in outputs.items() if each.summary},
        markdown=f"{SLIDES}/{deck_name(deck.path)}.md",
        picture=outputs[COVER.name].path if COVER.name in outputs else "",
    )


def _shown_diagrams(course: Course, deck: Deck) -> set[str]:
    shown = {reference.target.path for reference in deck.references if reference.kind is Kind.FIGURE}
    return {source.path for path, source in course.diagrams.items() if path in shown}


def _job_report(step: Step, result: Result | None) -> JobReport:
    return JobReport(
        job=step.job.id,
        script=step.job.script,
        variant=str(step.job.variant),
        device=step.job.device,
        status=_status(step, result),
        seconds=result.seconds if result else 0.0,
        reason=step.reason,
        failure=result.failure if result else None,
        ran=step.state is State.STALE,
        card=result.card if result else {},
        outside=outside_cause(result.failure) if result and result.failure else "",
    )


def _status(step: Step, result: Result | None) -> Status:
    if result is None:
        return Status(step.state)
    return Status.FAILED if result.failure else Status.OK


def _run_diagnostics(
    course: Course, results: Mapping[str, Result], secrets: Mapping[str, str]
) -> Iterator[Diagnostic]:
    references = (reference for deck in course.decks for reference in deck.references)
    shown = {r.target.path for r in references if r.kind is Kind.OUTPUT and r.display.stream != "stdout"}
    for job, result in sorted(results.items()):
        script, overrides = course.scripts[course.jobs[job].script], course.jobs[job].variant.overrides
        found = (
            failure_diagnostic(script, result, overrides, is_small=course.is_small(job)),
            stderr_diagnostic(script, result, script.path in shown),
        )
        yield from filter(None, found)
        yield from secret_diagnostics(script, result, secrets)


def _accepted(built: BuiltDeck, course: Course, plan: Plan) -> Iterator[Diagnostic]:
    """Yield a warning for each reference that shows an accepted result."""
    lines = Lines(built.deck.path, built.deck.text)
    skipped = {step.job.id for step in plan.steps if step.state is State.SKIPPED}
    for reference in built.expanded.accepted:
        job = course.job_of(reference)
        hint = "build without --only" if job in skipped else "build on a machine that has it"
        source = course.figures.get(reference.target.path)
        is_accepted = source.is_accepted if source else reference.body.strip()
        shown = (
            "this shows an accepted result" if is_accepted else "this shows nothing, as nothing was accepted"
        )
        message = f"{shown}: {plan.missing[job]}"
        place, cause = reference.location, Cause(job, message)
        yield lines.warning("accepted-result", message, place, hint, slide=reference.slide, cause=cause)


def _misfits(built: BuiltDeck) -> Iterator[Diagnostic]:
    """Yield a warning for whatever does not fit, if the browser showed the slides."""
    measured = SlideMeasurements(built.deck.path, built.rendered.misfits)
    for diagnostic in slide_diagnostics(built, measured):
        yield replace(diagnostic, severity=Severity.WARNING)


def _page_diagnostics(
    built: BuiltDeck, missing: Collection[str], measured: SlideMeasurements | None
) -> Iterator[Diagnostic]:
    """Yield what was noticed when the deck was rendered, unless it is about a file known to be missing."""
    deck, lines = built.deck, Lines(built.deck.path, built.deck.text)
    broken = measured.broken.items() if measured else ()
    seen = [PageDiagnostic("broken-picture", message, address) for address, message in broken]
    for found in (*built.rendered.diagnostics, *seen):
        subject = _subject(deck, found)
        if found.slug in _ABSENT and subject in missing:
            continue
        place, hint = _place(lines, built.expanded, found), _HINTS.get(found.slug, "")
        problem = found.message.removesuffix(f": {found.address}")
        cause = found.cause or (Cause(found.address, problem) if found.address else None)
        diagnostic = lines.diagnostic(found.slug, found.message, place, hint, subject, cause=cause)
        yield replace(diagnostic, severity=found.severity)


def _in_refused_tags(built: BuiltDeck) -> set[str]:
    """Return the files that only raw HTML names that Marp shows as text: the page does not miss them."""
    found, path = built.rendered.diagnostics, built.deck.path
    tags = (each.address for each in found if each.slug == "refused-html")
    named = {in_project(path, file) for tag in tags for file in local_files(tag)}
    return named - {_subject(built.deck, each) for each in found if each.slug in _ABSENT}


def _subject(deck: Deck, found: PageDiagnostic) -> str:
    """Return what a diagnostic is about: of a missing file the path, as resolving names it."""
    if found.slug in _ABSENT:
        return in_project(deck.path, file_of(found.address))
    # Of what Marp complains of, nothing is known but its words.
    return found.address or found.message


def _place(lines: Lines, expanded: ExpandedDeck, found: PageDiagnostic) -> Location:
    """Return the line of a diagnostic, or where the deck names its address; the beginning if it does not."""
    line = expanded.lines[min(found.line, len(expanded.lines)) - 1] if found.line else 0
    start = lines.start(line) if line else 0
    for address in filter(None, spellings(found.address)):
        first = re.escape(address.splitlines()[0])
        # Rather where it is markup than in a sentence above.
        for before in (r"(?<=[(\"'<=$])", r"(?<![\w./-])"):
            if match := re.compile(before + first).search(lines.text, start):
                return lines.span(*match.span())
    return lines.written(line) if line else lines.location(1)
