"""The checks of `deckwright check`, beyond what a build reports: one per file, listed here in order.

A check is a pure function from `Evidence` to diagnostics. Some warnings of a build are errors here.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import replace
from itertools import chain

from deckwright.checks import (
    alt_text,
    cut_figures,
    drift,
    empty_outputs,
    executed,
    missing_glyphs,
    slides,
    standalone,
    unverified,
)
from deckwright.model import Diagnostic, Evidence, Severity, SlideSlug

CHECKS: tuple[Callable[[Evidence], Iterator[Diagnostic]], ...] = (
    unverified.check,
    executed.check,
    drift.check,
    empty_outputs.check,
    slides.check,
    alt_text.check,
    cut_figures.check,
    missing_glyphs.check,
    standalone.check,
)

ERRORS_IN_CHECK = frozenset(
    {
        "broken-formula",
        "broken-picture",
        "diagram-not-drawn",
        "drifted",
        "machine-path",
        "missing-file",
        "missing-theme",
        "missing-web-font",
        "outside-project",
        "remote-resource",
        "render-warning",
        "secret-shown",
    }
)
"""Slugs that are warnings in a build and errors in a check."""


def run_checks(evidence: Evidence, of_build: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Return the diagnostics of a build and of all checks."""
    of_checks = (diagnostic for check in CHECKS for diagnostic in check(evidence))
    unique = (diagnostic for diagnostic in of_build if not _is_repeated(diagnostic, evidence))
    raised = (_graded(diagnostic, ERRORS_IN_CHECK, Severity.ERROR) for diagnostic in unique)
    return tuple(dict.fromkeys(chain(raised, of_checks)))


def allow(diagnostics: Iterable[Diagnostic], slugs: Collection[str]) -> dict[Diagnostic, bool]:
    """Return diagnostics, those with these slugs as warnings, and of each whether it is allowed an error."""
    return {
        _graded(each, slugs, Severity.WARNING): each.slug in slugs and each.severity is Severity.ERROR
        for each in diagnostics
    }


def _is_repeated(diagnostic: Diagnostic, evidence: Evidence) -> bool:
    """Whether a check reports the same in more detail: what never ran, what was measured."""
    measured = evidence.measured.get(diagnostic.location.path)
    return diagnostic.slug == "accepted-result" or (
        diagnostic.slug in set(SlideSlug) and measured is not None
    )


def _graded(diagnostic: Diagnostic, slugs: Collection[str], severity: Severity) -> Diagnostic:
    return replace(diagnostic, severity=severity) if diagnostic.slug in slugs else diagnostic
