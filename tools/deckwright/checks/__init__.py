"""What `check` demands of a course beyond what a build demands: one judgement a file, listed here in order.

A judgement is a pure function from `Evidence` to diagnostics. What a build only warns of is an error here,
unless it is allowed.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import replace

from deckwright.checks import alt_text, drift, executed, slides, standalone, unverified
from deckwright.model import Diagnostic, Evidence, Severity

CHECKS: tuple[Callable[[Evidence], Iterator[Diagnostic]], ...] = (
    unverified.check,
    executed.check,
    drift.check,
    slides.check,
    alt_text.check,
    standalone.check,
)

_DEMANDED = frozenset(
    {
        *("drifted", "machine-path", "missing-file", "missing-theme", "overflow"),
        *("remote-resource", "render-warning"),
    }
)
"""What a build warns of and a check does not accept."""


def run_checks(
    evidence: Evidence, told: Iterable[Diagnostic], allowed: Collection[str] = ()
) -> tuple[Diagnostic, ...]:
    """Return everything that is wrong: what the build told, weighed anew, and what is judged.

    What has an `allowed` slug is a warning.
    """
    measured = {path for path, found in evidence.measured.items() if found}
    kept = (wrong for wrong in told if not _said_better(wrong, measured))
    found = [*(_weighed(wrong) for wrong in kept), *(w for check in CHECKS for w in check(evidence))]
    return tuple(dict.fromkeys(_allowed(wrong, allowed) for wrong in found))


def _said_better(wrong: Diagnostic, measured: Collection[str]) -> bool:
    """Whether a judgement tells the same, with more: what never ran, what was measured."""
    return wrong.slug == "accepted-result" or (wrong.slug == "overflow" and wrong.location.path in measured)


def _weighed(wrong: Diagnostic) -> Diagnostic:
    return replace(wrong, severity=Severity.ERROR) if wrong.slug in _DEMANDED else wrong


def _allowed(wrong: Diagnostic, allowed: Collection[str]) -> Diagnostic:
    return replace(wrong, severity=Severity.WARNING) if wrong.slug in allowed else wrong
