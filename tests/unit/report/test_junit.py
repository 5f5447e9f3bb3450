"""Cases as JUnit XML."""

from dataclasses import replace
from xml.etree import ElementTree

import pytest

from deckwright.model import Case, CaseState, Cause, DeckReport, Diagnostic, Location, Report, Severity
from deckwright.model.reasons import NOTHING_RAN
from deckwright.report.junit import junit_xml

ERROR = Diagnostic("slug", "message", Location("a.md", 3))
WARNING = Diagnostic("other", "hint", Location("a.md", 3), severity=Severity.WARNING)
CASES = (
    Case("a.md", 1, "slide", 1, 0.5, (ERROR, WARNING), CaseState.FAILED),
    Case("a.md", 2, "a.py#r", 7),
    Case("b.md", 1, "slide", 1, diagnostics=(WARNING,)),
)
DECKS = (DeckReport("a.md", "A", 2, {}),)


def test_a_suite_per_deck_and_a_test_case_per_case() -> None:
    root = ElementTree.fromstring(junit_xml(Report(DECKS, cases=CASES)))
    assert [(suite.get("name"), suite.get("tests"), suite.get("failures")) for suite in root] == [
        ("a.md", "2", "1"),
        ("b.md", "1", "0"),
    ]
    (bad, good), (warned,) = root
    assert (bad.get("classname"), bad.get("line"), bad.get("time")) == ("a.md::slide-1", "1", "0.500")
    assert [child.tag for child in bad] == ["failure", "system-out"]
    assert list(good) == []
    assert "warning [other] hint" in (warned.findtext("system-out") or "")


def test_a_cause_is_explained_in_the_first_case_that_has_it() -> None:
    cause = Cause("theme gaia", "code is pale", "code { color: #333 }")
    pale = [Diagnostic("slug", f"slide {n}: pale", Location("a.md", n), slide=n, cause=cause) for n in (1, 2)]
    cases = [
        Case("a.md", each.slide, "slide", each.slide, diagnostics=(each,), state=CaseState.FAILED)
        for each in pale
    ]
    root = ElementTree.fromstring(junit_xml(Report(DECKS, diagnostics=(*pale,), cases=(*cases,))))
    texts = [case.findtext("failure") or "" for case in root[0]]
    assert ["theme gaia: code is pale, on 2 slides" in text for text in texts] == [True, False]
    assert "slide 2: pale" in texts[1]


def test_what_a_stopped_check_did_not_prove_is_skipped() -> None:
    skipped = [replace(case, state=CaseState.SKIPPED, reason=NOTHING_RAN) for case in CASES[1:]]
    root = ElementTree.fromstring(junit_xml(Report(diagnostics=(ERROR,), cases=(CASES[0], *skipped))))
    assert [suite.get("skipped") for suite in root] == ["1", "1"]
    assert root[0][1][0].get("message") == "nothing ran: the sources have errors"


@pytest.mark.parametrize(
    ("state", "message"),
    [
        (CaseState.NOT_RUN, "not run: needs eight GPUs"),
        (CaseState.ACCEPTED, "accepted: needs eight GPUs"),
        (CaseState.KNOWN, "known: needs eight GPUs"),
    ],
)
def test_what_is_neither_proved_nor_failed_is_skipped_with_its_reason(state: CaseState, message: str) -> None:
    case = Case("a.md", 1, "not-run", 3, state=state, reason="needs eight GPUs")
    root = ElementTree.fromstring(junit_xml(Report(DECKS, cases=(case,))))
    assert (root[0].get("failures"), root[0].get("skipped")) == ("0", "1")
    assert [(child.tag, child.get("message")) for child in root[0][0]] == [("skipped", message)]
