"""Diagnostics as text; the cases are in tests/cases/report/diagnostic.md."""

from click import unstyle

from deckwright.files import codec
from deckwright.model import Diagnostic, Location, Severity
from deckwright.report.diagnostics_text import count_text, diagnostic_text, diagnostics_text, place_text
from deckwright.report.groups import grouped
from support.cases import Case
from support.report import data_and_width, report_cases

ERROR = Diagnostic("syntax-error", "invalid syntax", Location("slides/b.md", 2))
WARNING = Diagnostic("drifted", "it changed", Location("slides/a.md", 9), severity=Severity.WARNING)


@report_cases("diagnostic")
def test_diagnostic(case: Case) -> None:
    data, width = data_and_width(case)
    assert unstyle(diagnostic_text(codec.decode(Diagnostic, data), width)) == case.expected


def test_diagnostics_come_in_order_once_and_counted() -> None:
    text = unstyle(diagnostics_text([ERROR, WARNING, ERROR]))
    assert text.split("\n\n") == [
        "slides/a.md:9:1 warning [drifted] it changed",
        "slides/b.md:2:1 error [syntax-error] invalid syntax",
        "1 error, 1 warning",
    ]
    assert diagnostics_text([]) == ""
    assert unstyle(count_text(grouped([ERROR, WARNING]))) == "1 error, 1 warning"


def test_places_are_bold_and_severities_have_colors() -> None:
    assert diagnostics_text([ERROR, WARNING]) == (
        "\x1b[1mslides/a.md:9:1\x1b[0m \x1b[33mwarning\x1b[0m [drifted] it changed\n\n"
        "\x1b[1mslides/b.md:2:1\x1b[0m \x1b[31merror\x1b[0m [syntax-error] invalid syntax\n\n"
        "\x1b[31m1 error\x1b[0m, \x1b[33m1 warning\x1b[0m"
    )


def test_a_place_cannot_control_the_terminal() -> None:
    assert place_text(Location("a\x1b.md", 3, 9)) == "a␛.md:3:9"
