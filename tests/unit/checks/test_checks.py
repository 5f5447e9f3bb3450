"""All checks together, and the severities of what a build reports."""

from dataclasses import replace

import pytest

from deckwright.checks import allow, run_checks
from deckwright.model import Diagnostic, Location, Severity, SlideMeasurements
from support.course import DECK
from support.evidence import SHOWN, evidence_of


def test_a_course_without_faults() -> None:
    evidence = evidence_of("# A\n\n```python file=../snippets/a.py#a\n```\n\n" + SHOWN)
    assert run_checks(evidence, ()) == ()


def test_an_allowed_slug_is_a_warning() -> None:
    evidence = evidence_of("```python\nx\n```\n")
    (diagnostic,) = run_checks(evidence, ())
    assert diagnostic.severity is Severity.ERROR
    assert allow([diagnostic], ("unverified-code",)) == {replace(diagnostic, severity=Severity.WARNING): True}
    assert allow([diagnostic], ("drifted",)) == {diagnostic: False}


@pytest.mark.parametrize(
    ("slug", "severity"),
    [("drifted", Severity.ERROR), ("missing-file", Severity.ERROR), ("stderr", Severity.WARNING)],
)
def test_some_warnings_of_a_build_are_errors_unless_allowed(slug: str, severity: Severity) -> None:
    warning = Diagnostic(slug, "m", Location(DECK, 1), severity=Severity.WARNING)
    assert run_checks(evidence_of("# A\n"), [warning]) == (replace(warning, severity=severity),)
    raised = run_checks(evidence_of("# A\n"), [warning])
    assert allow(raised, (slug,)) == {warning: severity is Severity.ERROR}


def test_a_measured_slide_replaces_the_estimate_of_the_build() -> None:
    estimate = Diagnostic("overflow", "too full", Location(DECK, 1), severity=Severity.WARNING)
    evidence = evidence_of("# A\n", measured={DECK: SlideMeasurements(DECK)})
    assert run_checks(evidence, [estimate]) == ()
