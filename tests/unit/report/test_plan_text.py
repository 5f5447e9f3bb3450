"""Plans as text; the cases are in tests/cases/report/plan.md."""

from click import unstyle

from deckwright.model import Job, Options, Plan, Record, State, Step
from deckwright.report.plan_text import explanation_text, plan_text
from support.cases import Case
from support.report import data_and_width, report_cases


@report_cases("plan")
def test_plan(case: Case) -> None:
    data, width = data_and_width(case)
    steps = tuple(step(**each) for each in data.get("steps", ()))
    assert unstyle(plan_text(Plan(steps), width)) == case.expected


def test_the_card_of_the_last_run_and_what_a_script_needs_are_named() -> None:
    card = {"GPU": "NVIDIA A100", "capability": "8.0", "cuDNN": "90100"}
    record = Record("a.py", "", {}, {}, {}, 2.0, card=card)
    job = Job("a.py", "", (), (), Options(gpus=2, nproc=2), "cuda")
    fresh = Step(job, "", {}, State.FRESH, "nothing changed", record, 2.0)
    assert unstyle(explanation_text(Plan((fresh,)))).splitlines()[0] == (
        "a.py stays: nothing changed "
        "(last 2.0 s, on NVIDIA A100, capability 8.0, cuDNN 90100, as 2 processes, with 2 GPUs)"
    )


def step(job: str, state: str, reason: str, last: float | None = None) -> Step:
    return Step(Job(job, "", (), (), Options(), "cpu"), "", {}, State(state), reason, last_seconds=last)


def test_an_explanation_has_a_sentence_per_step() -> None:
    steps = (step("a.py", "stale", "it never ran"), step("b.py", "fresh", "nothing changed", 2.0))
    assert unstyle(explanation_text(Plan(steps))).splitlines() == [
        "a.py runs: it never ran",
        "b.py stays: nothing changed (last 2.0 s)",
        "1 to run, 1 fresh",
    ]
