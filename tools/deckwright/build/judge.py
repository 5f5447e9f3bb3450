"""What a check demands of a build: its checks, what does not count, and how much is proved."""

from __future__ import annotations

from dataclasses import replace

from deckwright.build.baseline import FILE, Baseline, baseline_of, new_diagnostics, read_baseline
from deckwright.build.cases import cases_of
from deckwright.build.context import Context
from deckwright.build.illustrate import illustrated
from deckwright.checks import allow, run_checks
from deckwright.checks.accepted import OF_MACHINES, sort_accepted, unused_acceptances
from deckwright.model import CaseState, Check, Course, Evidence, Report
from deckwright.model.reasons import NOTHING_RAN


def judged(context: Context, check: Check, evidence: Evidence, report: Report) -> Report:
    """Return a build's report as a check gives it: less what is allowed, accepted or in the baseline."""
    course = evidence.course
    allowed = {*check.allowed, *context.project.settings.allow}
    of_build = (*report.diagnostics, *(each.diagnostic for each in report.accepted))
    graded = allow(illustrated(evidence, run_checks(evidence, of_build)), allowed)
    every = sort_accepted(course, graded)
    # What is known of whole results may be absent from small ones.
    is_whole = not course.smoke
    unused = [(each, slug) for each, slug in every.unused if is_whole and _was_looked_for(slug, check)]
    found = (*every.left, *unused_acceptances(course, unused, every.left))
    known = _baseline(context, check, report)
    new = new_diagnostics(known, found)
    passed = frozenset(found).difference(new)
    faults = baseline_of(passed).size
    excused = {
        **{each: (CaseState.ALLOWED, f"{each.slug} is allowed") for each in every.left if graded[each]},
        **{each.diagnostic: (CaseState.ACCEPTED, each.reason) for each in every.accepted},
        **dict.fromkeys(passed, (CaseState.KNOWN, "the baseline knows it")),
    }
    return replace(
        report,
        diagnostics=new,
        accepted=every.accepted,
        cases=cases_of(course, evidence.results, new, excused, evidence.plan.missing),
        known=faults,
        fixed=known.size - faults if is_whole else 0,
    )


def unjudged(course: Course) -> Report:
    """Return the report of a check that ends at errors in what was read: nothing ran."""
    cases = cases_of(course, {}, course.diagnostics)
    broken = tuple(deck.path for deck in course.broken)
    skipped = (
        replace(case, state=CaseState.SKIPPED, reason=NOTHING_RAN)
        if case.state is not CaseState.FAILED
        else case
        for case in cases
    )
    return Report(diagnostics=course.diagnostics, cases=tuple(skipped), broken=broken)


def _was_looked_for(slug: str, check: Check) -> bool:
    """Whether a check would have found it on any machine."""
    return slug not in OF_MACHINES and (slug != "not-alone" or check.standalone)


def _baseline(context: Context, check: Check, report: Report) -> Baseline:
    files = context.project.files
    known = read_baseline(files.read(FILE)) if check.baseline and files.exists(FILE) else Baseline()
    return known.within(report.looked_at) if context.request.decks else known
