"""Summaries; the cases of builds are in tests/cases/report/summary.md."""

from dataclasses import replace

from click import unstyle

from deckwright.files import codec
from deckwright.model import Case as ProvedCase
from deckwright.model import CaseState, DeckReport, Diagnostic, Location, Report
from deckwright.report.summary_text import summary_text, verdict_text
from support.cases import Case
from support.report import data_and_width, report_cases

CASES = (
    ProvedCase("a.md", 1, "slide", 1),
    ProvedCase("a.md", 2, "slide", 5, state=CaseState.KNOWN, reason="the baseline knows it"),
    ProvedCase("a.md", 3, "not-run", 9, state=CaseState.NOT_RUN, reason="needs a GPU farm"),
    ProvedCase("a.md", 3, "slide", 8, state=CaseState.ACCEPTED, reason="the table is the point"),
)
DECKS = (DeckReport("a.md", "A", 2, {}),)


@report_cases("summary")
def test_summary(case: Case) -> None:
    data, _ = data_and_width(case)
    assert unstyle(summary_text(codec.decode(Report, data))) == case.expected


def test_a_verdict_counts_the_baseline() -> None:
    report = Report(DECKS, seconds=1.0, cases=CASES, known=1, fixed=2)
    assert unstyle(verdict_text(report)).splitlines() == [
        "1 of 4 cases proved, 1 accepted, 1 not run (with a reason), 1 known to the baseline in 1.0 s",
        "1 diagnostic known to the baseline",
        "2 diagnostics of the baseline fixed: update it with --update-baseline",
    ]


def test_a_verdict_names_the_page_of_diagnostics() -> None:
    cases = [replace(case, state=CaseState.SKIPPED, reason="nothing ran") for case in CASES[:2]]
    report = Report(diagnostics=(Diagnostic("slug", "message", Location("a.md", 1)),), cases=(*cases,))
    assert unstyle(verdict_text(report)).splitlines() == [
        "0 of 2 cases proved; nothing ran: the sources have errors",
        "  build/check/index.html",
    ]
