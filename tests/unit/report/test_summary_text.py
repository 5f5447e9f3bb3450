"""Summaries; the cases of builds are in tests/cases/report/summary.md."""

from click import unstyle

from deckwright.files import codec
from deckwright.model import Case as ProvedCase
from deckwright.model import DeckReport, Diagnostic, Location, Report
from deckwright.report.summary_text import summary_text, verdict_text
from support.cases import Case
from support.report import data_and_width, report_cases

CASES = (ProvedCase("a.md", 1, "slide", 1), ProvedCase("a.md", 2, "slide", 5))
DECKS = (DeckReport("a.md", "A", 2, {}),)


@report_cases("summary")
def test_summary(case: Case) -> None:
    data, _ = data_and_width(case)
    assert unstyle(summary_text(codec.decode(Report, data))) == case.expected


def test_a_verdict_counts_the_baseline() -> None:
    report = Report(DECKS, seconds=1.0, cases=CASES, unproved=1, known=1, fixed=2)
    assert unstyle(verdict_text(report)).splitlines() == [
        "1 of 2 cases proved in 1.0 s",
        "1 diagnostic accepted by the baseline",
        "2 diagnostics of the baseline fixed: update it with --update-baseline",
    ]


def test_a_verdict_names_the_page_of_diagnostics() -> None:
    report = Report(diagnostics=(Diagnostic("slug", "message", Location("a.md", 1)),), cases=CASES)
    assert unstyle(verdict_text(report)).splitlines() == [
        "0 of 2 cases proved; nothing ran: the sources have errors",
        "  build/check/index.html",
    ]
