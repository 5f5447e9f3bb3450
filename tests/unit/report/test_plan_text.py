"""Plans as text; the cases are in tests/cases/report/plan.md."""

from click import unstyle

from deckwright.model import Job, Options, Plan, State, Step
from deckwright.report.plan_text import explanation_text, plan_text
from support.cases import Case
from support.report import data_and_width, report_cases


@report_cases("plan")
def test_plan(case: Case) -> None:
    data, width = data_and_width(case)
    steps = tuple(step(**each) for each in data.get("steps", ()))
    assert unstyle(plan_text(Plan(steps), width)) == case.expected


def step(job: str, state: str, reason: str, last: float | None = None) -> Step:
    return Step(Job(job, "", (), (), Options(), "cpu"), "", {}, State(state), reason, last_seconds=last)


def test_an_explanation_has_a_sentence_per_step() -> None:
    steps = (step("a.py", "stale", "it never ran"), step("b.py", "fresh", "nothing changed", 2.0))
    assert unstyle(explanation_text(Plan(steps))).splitlines() == [
        "a.py runs: it never ran",
        "b.py stays: nothing changed (last 2.0 s)",
        "1 to run, 1 fresh",
    ]
