"""Snippets on slides that did not run, or did not reach the part that is shown."""

from dataclasses import replace

import pytest

from deckwright.checks.executed import check
from deckwright.model import Output, Result, State
from support.course import SCRIPT, output, result_of
from support.evidence import SHOWN, evidence_of, places, plan_of


def test_code_that_is_not_run_is_not_part_of_the_program_beside_it() -> None:
    text = "```python exec\n1 / 0\n```\n\n```python no-exec='needs eight GPUs'\ny\n```\n"
    evidence = evidence_of(text, results={})
    evidence = replace(evidence, plan=plan_of(evidence.course, State.SKIPPED))
    assert places(check(evidence)) == [("never-ran", 1)]


@pytest.mark.parametrize("state", [State.ABSENT, State.SKIPPED])
def test_each_reference_to_a_script_that_did_not_run(state: State) -> None:
    evidence = evidence_of(SHOWN + "\n```python file=../snippets/a.py#a\n```\n", results={})
    diagnostics = list(check(replace(evidence, plan=plan_of(evidence.course, state))))
    assert places(diagnostics) == [("never-ran", 1), ("never-ran", 5)]
    assert {each.message for each in diagnostics} == {"snippets/a.py did not run: cuda is absent here"}


def test_code_has_run_if_one_variant_of_its_script_has() -> None:
    text = "```python file=../snippets/a.py#b\n```\n"
    text += "".join(f"```text output=../snippets/a.py#b device={device}\n```\n" for device in ("cuda", "cpu"))
    evidence = evidence_of(text, results=result_of("1\n", "2\n", job=f"{SCRIPT}@cpu"))
    evidence = replace(evidence, plan=plan_of(evidence.course, State.ABSENT))
    (diagnostic,) = check(evidence)
    assert diagnostic.location.line == 3
    assert diagnostic.message == "snippets/a.py@cuda did not run: cuda is absent here"


def test_a_region_that_the_script_did_not_reach() -> None:
    stopped = {SCRIPT: Result(SCRIPT, "cpu", 0.1, (output("1\n"), Output()), unreached=(1,))}
    text = "```python file=../snippets/a.py#a\n```\n\n```python file=../snippets/a.py#b\n```\n"
    assert places(check(evidence_of(text, results=stopped))) == [("never-ran", 4)]


def test_each_version_of_code_and_of_an_output() -> None:
    stopped = {SCRIPT: Result(SCRIPT, "cpu", 0.1, (output("1\n"), Output()), unreached=(1,))}
    text = (
        "```python file=../snippets/a.py#a then=#b\n```\n\n```text output=../snippets/a.py#a then=#b\n```\n"
    )
    evidence = evidence_of(text, results=stopped)
    assert places(check(evidence)) == [("never-ran", 1), ("never-ran", 4)]
    assert [each.location.column for each in check(evidence)] == [40, 40]
