"""What is said once; the cases are in tests/cases/report/groups.md."""

import json

from click import unstyle

from deckwright.files import codec
from deckwright.model import Cause, Diagnostic, Group, Location, Report, Severity, events
from deckwright.report.diagnostics_text import diagnostics_text
from deckwright.report.github import github_annotations
from deckwright.report.groups import grouped
from deckwright.report.html_pages import check_page, index_page
from deckwright.report.json_report import event_json, report_json
from support.cases import Case
from support.report import data_and_width, report_cases

CAUSE = Cause("theme gaia", "code is pale", "code { color: #333 }")
PALE = tuple(
    Diagnostic("low-contrast", f"slide {n}: pale", Location("slides/a.md", 10 * n), slide=n, cause=CAUSE)
    for n in (1, 2, 3)
)
MESSAGE = "theme gaia: code is pale, on 3 slides"


@report_cases("groups")
def test_groups(case: Case) -> None:
    data, _ = data_and_width(case)
    found = codec.decode(Report, data).diagnostics
    assert unstyle(diagnostics_text(found)) == case.expected
    assert sorted(map(id, found)) == sorted(id(each) for group in grouped(found) for each in group.members)


def test_a_group_is_one_entry_of_the_report_with_its_places() -> None:
    data = report_json(Report(diagnostics=PALE))
    (entry,) = data["diagnostics"]
    assert (entry["message"], entry["hint"], entry["line"]) == (MESSAGE, CAUSE.fix, 10)
    assert [(place["line"], place["slide"]) for place in entry["places"]] == [(10, 1), (20, 2), (30, 3)]
    assert data["totals"]["errors"] == 1
    (group,) = grouped(PALE)
    assert json.loads(event_json(events.Found(group)))["places"] == entry["places"]


def test_a_group_is_one_annotation() -> None:
    (line,) = github_annotations(PALE).splitlines()
    assert line.endswith(f"::{MESSAGE}%0Ahint: {CAUSE.fix}%0Aalso: slides/a.md slides 2, 3")


def test_a_group_is_said_once_on_the_pages() -> None:
    for page in (check_page(Report(diagnostics=PALE)), index_page(Report(diagnostics=PALE), {})):
        assert page.count(MESSAGE) == 1
        assert "slides/a.md slides 2, 3" in page


def test_severities_are_apart() -> None:
    warning = Diagnostic("low-contrast", "w", Location("b.md", 1), severity=Severity.WARNING, cause=CAUSE)
    assert [group.diagnostic.severity for group in grouped([*PALE, warning])] == ["warning", "error"]
    assert grouped([warning]) == (Group(warning, (warning,)),)


def test_a_message_names_a_few_problems_of_a_cause() -> None:
    def message(number: int) -> str:
        causes = [Cause("raw HTML", f"drops {n % number}") for n in range(9)]
        places = [
            Diagnostic("refused-html", "x", Location("a.md", n), cause=c) for n, c in enumerate(causes, 1)
        ]
        (group,) = grouped(places)
        return group.diagnostic.message

    five = "raw HTML: drops 0; drops 1; drops 2; drops 3; drops 4"
    assert message(1) == "raw HTML: drops 0, at 9 places"
    assert message(5) == f"{five}, at 9 places"
    assert message(7) == f"{five}; and 2 more, at 9 places"
