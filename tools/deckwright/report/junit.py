"""Cases as JUnit XML for CI servers: one suite per deck, one test case per reference and per slide."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from itertools import groupby
from xml.etree import ElementTree

from click import unstyle

from deckwright.model import Case, CaseState, Diagnostic, Group, Report, Severity
from deckwright.report.diagnostics_text import diagnostic_text, group_text
from deckwright.report.excerpt import printable
from deckwright.report.groups import grouped


def junit_xml(report: Report) -> bytes:
    """Return the document. Errors are failures; warnings are in the output of the case.

    What is neither proved nor failed is skipped, with its reason.

    A cause is explained in the first case that has it.
    """
    firsts = {group.members[0]: group for group in grouped(report.diagnostics) if len(group.members) > 1}
    root = ElementTree.Element("testsuites", name="deckwright")
    for deck, group in groupby(report.cases, key=lambda case: case.deck):
        root.append(_suite(deck, tuple(group), firsts))
    ElementTree.indent(root)
    document: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return document + b"\n"


def _suite(deck: str, cases: Sequence[Case], firsts: Mapping[Diagnostic, Group]) -> ElementTree.Element:
    failed = sum(case.state is CaseState.FAILED for case in cases)
    proved = sum(case.state is CaseState.PROVED for case in cases)
    counts = {"tests": len(cases), "failures": failed, "skipped": len(cases) - failed - proved}
    attributes = {name: str(count) for name, count in counts.items()}
    suite = ElementTree.Element("testsuite", {"name": printable(deck), **attributes})
    suite.extend(map(partial(_case, firsts), cases))
    return suite


def _case(firsts: Mapping[Diagnostic, Group], case: Case) -> ElementTree.Element:
    element = ElementTree.Element(
        "testcase",
        classname=f"{printable(case.deck)}::slide-{case.slide}",
        name=printable(case.name),
        file=printable(case.deck),
        line=str(case.line),
        time=f"{case.seconds:.3f}",
    )
    errors = [each for each in case.diagnostics if each.severity is Severity.ERROR]
    warnings = [each for each in case.diagnostics if each.severity is not Severity.ERROR]
    if errors:
        failure = ElementTree.SubElement(
            element, "failure", type=errors[0].slug, message=printable(errors[0].message)
        )
        failure.text = _text(errors, firsts)
    elif case.reason:
        ElementTree.SubElement(element, "skipped", message=printable(case.excuse))
    if warnings:
        ElementTree.SubElement(element, "system-out").text = _text(warnings, firsts)
    return element


def _text(diagnostics: Iterable[Diagnostic], firsts: Mapping[Diagnostic, Group]) -> str:
    groups = ((each, firsts.get(each)) for each in diagnostics)
    return unstyle(
        "\n\n".join(group_text(group) if group else diagnostic_text(each) for each, group in groups)
    )
