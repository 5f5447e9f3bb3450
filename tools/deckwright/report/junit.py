"""Cases as JUnit XML, as CI servers read it: a suite a deck, a test case a reference and a slide."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from xml.etree import ElementTree

from deckwright.model import Case, Diagnostic, Severity
from deckwright.report.excerpt import printable
from deckwright.report.format import diagnostic_text


def junit_xml(cases: Sequence[Case]) -> bytes:
    """Return the document. Errors are failures; warnings stand in the case's output."""
    root = ElementTree.Element("testsuites", name="deckwright")
    for deck, group in groupby(cases, key=lambda case: case.deck):
        root.append(_suite(deck, tuple(group)))
    ElementTree.indent(root)
    document: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return document + b"\n"


def _suite(deck: str, cases: Sequence[Case]) -> ElementTree.Element:
    failed = sum(any(_is_error(wrong) for wrong in case.wrong) for case in cases)
    suite = ElementTree.Element(
        "testsuite", name=printable(deck), tests=str(len(cases)), failures=str(failed)
    )
    suite.extend(map(_case, cases))
    return suite


def _case(case: Case) -> ElementTree.Element:
    element = ElementTree.Element(
        "testcase",
        classname=f"{printable(case.deck)}::slide-{case.slide}",
        name=printable(case.name),
        file=printable(case.deck),
        line=str(case.line),
        time=f"{case.seconds:.3f}",
    )
    errors = [wrong for wrong in case.wrong if _is_error(wrong)]
    warnings = [wrong for wrong in case.wrong if not _is_error(wrong)]
    if errors:
        failure = ElementTree.SubElement(
            element, "failure", type=errors[0].slug, message=printable(errors[0].message)
        )
        failure.text = _text(errors)
    if warnings:
        ElementTree.SubElement(element, "system-out").text = _text(warnings)
    return element


def _is_error(wrong: Diagnostic) -> bool:
    return wrong.severity is Severity.ERROR


def _text(wrong: Sequence[Diagnostic]) -> str:
    return "\n\n".join(map(diagnostic_text, wrong))
