"""Slides are tests: what has a case, and where each diagnostic belongs."""

import xml.etree.ElementTree as ElementTree
from dataclasses import replace
from typing import Any

from deckwright.build.cases import cases_of
from deckwright.build.judge import unjudged
from deckwright.model import Case, CaseState, DeckReport, Diagnostic, Location, Report, Severity
from deckwright.report.github import github_annotations
from deckwright.report.junit import junit_xml
from support.course import DECK, SCRIPT, course_of, deck_of, result_of

TEXT = """\
# One

```python file=../snippets/a.py#r
```

```text output=../snippets/a.py#r
```

```text output=../snippets/a.py#r
```

---

# Two

[1](../snippets/a.py#x) ![f](../figures/f.svg)

```python
unverified
```
"""
SCRIPTS = {SCRIPT: "# region r\nprint(1)\n# endregion r\nx = 1\n", "figures/f.py": "draw()\n"}


def wrong(line: int, path: str = DECK, slide: int = 0, slug: str = "drifted") -> Diagnostic:
    return Diagnostic(slug, "not <so>\nat all", Location(path, line), "the line", "fix it", slide=slide)


def cases(*found: Diagnostic) -> tuple[Case, ...]:
    return cases_of(course_of(TEXT, SCRIPTS), result_of("1\n"), found)


def failing(*found: Diagnostic) -> list[str]:
    return [case.id.removeprefix(f"{DECK}::") for case in cases(*found) if case.diagnostics]


def test_every_reference_and_every_slide_is_a_case() -> None:
    assert [case.id for case in cases()] == [
        f"{DECK}::slide-1::a.py#r",
        f"{DECK}::slide-1::a.py#r:output",
        f"{DECK}::slide-1::a.py#r:output-2",
        f"{DECK}::slide-2::a.py#x:value",
        f"{DECK}::slide-2::f.svg",
        f"{DECK}::slide-2::unverified",
        f"{DECK}::slide-1::slide",
        f"{DECK}::slide-2::slide",
    ]
    assert [case.seconds for case in cases()[:1]] == [0.1]


def test_a_case_of_a_variant_has_its_name() -> None:
    text = "```text output=../snippets/a.py#r device=cpu\n```\n[1](../snippets/a.py#x@cuda)\n"
    text += '![f](../figures/f.svg "device: cuda")\n'
    found = cases_of(course_of(text, SCRIPTS), result_of("1\n", job=f"{SCRIPT}@cpu"), ())
    assert [case.name for case in found] == ["a.py#r@cpu:output", "a.py#x@cuda:value", "f@cuda.svg", "slide"]
    assert [case.seconds for case in found] == [0.1, 0.0, 0.0, 0.0]


def test_what_is_wrong_with_a_reference_is_in_its_case_alone() -> None:
    reference = deck_of(course_of(TEXT, SCRIPTS)).references[1]
    assert failing(Diagnostic("drifted", "m", reference.location)) == ["slide-1::a.py#r:output"]


def test_a_script_that_fails_fails_all_that_shows_it() -> None:
    shown = ["slide-1::a.py#r", "slide-1::a.py#r:output", "slide-1::a.py#r:output-2", "slide-2::a.py#x:value"]
    assert failing(wrong(2, SCRIPT)) == shown
    assert failing(wrong(1, "figures/f.py")) == ["slide-2::f.svg"]


def test_where_one_fence_of_a_deck_fails_none_is_proved() -> None:
    text = "```python exec\nraise ValueError\n```\n\n---\n\n```python exec\nprint(1)\n```\n"
    course = course_of(text, {})
    found = cases_of(course, {}, [Diagnostic("snippet-failed", "m", Location(DECK, 2))])
    assert [case.name for case in found if case.diagnostics] == ["exec", "exec"]


def test_everything_else_is_in_the_case_of_its_slide() -> None:
    assert failing(wrong(1)) == ["slide-1::slide"]
    assert failing(wrong(14)) == ["slide-2::slide"]
    assert failing(wrong(1, slide=2)) == ["slide-2::slide"]


def test_junit() -> None:
    warning = Diagnostic("stderr", "it warns", Location(SCRIPT, 1), severity=Severity.WARNING)
    found = (wrong(1), warning)
    report = Report((DeckReport(DECK, "", 2, {}),), diagnostics=found, cases=cases(*found))
    suite = ElementTree.fromstring(junit_xml(report))[0]
    assert suite.attrib == {"name": DECK, "tests": "8", "failures": "1", "skipped": "0"}
    (failed,) = [case for case in suite if case.find("failure") is not None]
    assert (failed.attrib["classname"], failed.attrib["name"]) == (f"{DECK}::slide-1", "slide")
    failure = failed.find("failure")
    assert failure is not None
    assert failure.attrib["type"] == "drifted"
    assert f"{DECK}:1:1 error [drifted] not <so>" in (failure.text or "")
    assert len(suite.findall("testcase/system-out")) == 4


def test_what_is_not_proved_is_skipped_in_junit() -> None:
    course = course_of(TEXT, SCRIPTS)
    stopped = unjudged(replace(course, decks=(), broken=course.decks, diagnostics=(wrong(1),)))
    suite = ElementTree.fromstring(junit_xml(stopped))[0]
    assert suite.attrib == {"name": DECK, "tests": "8", "failures": "1", "skipped": "7"}
    assert len(suite.findall("testcase/skipped")) == 7


def test_what_is_on_no_slide_is_a_case_of_its_own() -> None:
    found = cases(wrong(3, "slides/unreadable.md"), wrong(1, "snippets/other.py"))
    assert [case.id for case in found if case.diagnostics] == [
        "slides/unreadable.md::slide-1::slide",
        "snippets/other.py::slide-1::slide",
    ]


def states(text: str, *found: Diagnostic, **more: Any) -> dict[str, tuple[str, str]]:
    course = course_of(text, SCRIPTS)
    results = more.pop("results", result_of("1\n"))
    return {case.name: (case.state, case.reason) for case in cases_of(course, results, found, **more)}


def test_code_that_does_not_run_is_no_proof() -> None:
    text = '```python no-exec="needs a GPU farm"\ntrain()\n```\n\n```python no-exec=later\nx\n```\n'
    assert states(text) == {
        "not-run": ("not run", "needs a GPU farm"),
        "not-run-2": ("not run", "later"),
        "slide": ("proved", ""),
    }


def test_what_did_not_run_here_is_no_proof_even_if_that_is_allowed() -> None:
    warning = Diagnostic("never-ran", "m", Location(DECK, 1, 4, 20), severity=Severity.WARNING)
    found = states("[1](../snippets/a.py#x)\n", warning, results={}, missing={SCRIPT: "cuda is absent here"})
    assert found["a.py#x:value"] == ("not run", "cuda is absent here")


def test_what_is_allowed_is_warned_of_and_no_proof() -> None:
    allowed = replace(wrong(1), severity=Severity.WARNING)
    excused = {allowed: (CaseState.ALLOWED, "drifted is allowed")}
    found = cases_of(course_of(TEXT, SCRIPTS), result_of("1\n"), [allowed], excused)
    (case,) = [case for case in found if case.diagnostics]
    assert (case.name, case.diagnostics, case.excuse) == ("slide", (allowed,), "allowed: drifted is allowed")


def test_what_is_accepted_or_known_is_no_proof_and_no_failure() -> None:
    first, second = wrong(1), wrong(14)
    accepted, known = (CaseState.ACCEPTED, "it is the point"), (CaseState.KNOWN, "the baseline knows it")
    found = cases_of(course_of(TEXT, SCRIPTS), result_of("1\n"), (), {first: accepted, second: known})
    assert [(case.state, case.reason) for case in found if case.name == "slide"] == [accepted, known]
    assert not [case for case in found if case.diagnostics]
    both = cases_of(
        course_of(TEXT, SCRIPTS), result_of("1\n"), (first,), {replace(first, message="n"): accepted}
    )
    assert [case.state for case in both if case.name == "slide"] == ["failed", "proved"]


def test_github_annotations() -> None:
    text = github_annotations(
        [wrong(3), Diagnostic("a", "50%, done", Location("a,b.md", 1), severity=Severity.WARNING)]
    )
    assert text.splitlines() == [
        "::warning file=a%2Cb.md,line=1,col=1,endColumn=2,title=a::50%25, done",
        f"::error file={DECK},line=3,col=1,endColumn=2,title=drifted::not <so>%0Aat all%0Ahint: fix it",
    ]


def test_code_is_proved_if_each_of_its_versions_is() -> None:
    text = "```python file=../snippets/a.py#r then=../snippets/b.py\n```\n"
    course = course_of(text, {SCRIPT: SCRIPTS[SCRIPT], "snippets/b.py": "print(2)\n"})
    missing = {"snippets/b.py": "cuda is absent here"}
    first, both = result_of("1\n"), result_of("1\n") | result_of("2\n", job="snippets/b.py")
    states = [
        (case.state, case.reason)
        for results in (first, both)
        for case in cases_of(course, results, (), missing=missing)
        if not case.id.endswith("slide")
    ]
    assert states == [(CaseState.NOT_RUN, "cuda is absent here"), (CaseState.PROVED, "")]
