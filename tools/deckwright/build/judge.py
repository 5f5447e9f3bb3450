"""What a check demands of a build: its checks, what is allowed, the baseline, and how much is proved."""

from __future__ import annotations

from dataclasses import replace

from deckwright.build.baseline import FILE, Baseline, new_diagnostics, read_baseline
from deckwright.build.cases import cases_of
from deckwright.build.context import Context
from deckwright.checks import run_checks
from deckwright.model import Check, Course, Evidence, Report, has_errors


def judged(context: Context, check: Check, evidence: Evidence, report: Report) -> Report:
    """Return a build's report as a check gives it: less what is allowed and what the baseline knows."""
    allowed = {*check.allowed, *context.project.settings.allow}
    found = run_checks(evidence, report.diagnostics, allowed)
    known = _baseline(context, check, report)
    new = new_diagnostics(known, found)
    passed = len(found) - len(new)
    all_cases = cases_of(evidence.course, evidence.results, found)
    return replace(
        report,
        diagnostics=new,
        cases=cases_of(evidence.course, evidence.results, new),
        unproved=sum(case.stopped or has_errors(case.diagnostics) for case in all_cases),
        known=passed,
        fixed=known.size - passed,
    )


def unjudged(course: Course) -> Report:
    """Return the report of a check that ends at errors in what was read: nothing ran."""
    cases = cases_of(course, {}, course.diagnostics)
    broken = tuple(deck.path for deck in course.broken)
    return Report(diagnostics=course.diagnostics, cases=cases, unproved=len(cases), broken=broken)


def _baseline(context: Context, check: Check, report: Report) -> Baseline:
    files = context.project.files
    known = read_baseline(files.read(FILE)) if check.baseline and files.exists(FILE) else Baseline()
    return known.within(report.looked_at) if context.request.decks else known
