"""Text in, text out: the cases are in tests/cases/report/."""

import json
import tomllib
from typing import Any

import pytest

from deckwright.files import codec
from deckwright.model import (
    Diagnostic,
    Job,
    Location,
    Options,
    Plan,
    Report,
    Severity,
    State,
    Status,
    Step,
    events,
)
from deckwright.report.diagnostics_text import count_text, diagnostic_text, diagnostics_text
from deckwright.report.json_report import event_json, report_json
from deckwright.report.phrases import duration
from deckwright.report.plan_text import plan_text
from deckwright.report.summary_text import summary_text
from support.cases import Case, read_cases


def given(case: Case) -> tuple[dict[str, Any], int | None]:
    """Return a case's TOML, and the width taken out of it."""
    data = tomllib.loads(case.inputs[0])
    return data, data.pop("width", None)


def cases(name: str) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("case", tuple(read_cases(f"report/{name}.md")), ids=lambda case: case.id)


@cases("diagnostic")
def test_diagnostic(case: Case) -> None:
    data, width = given(case)
    assert diagnostic_text(codec.decode(Diagnostic, data), width=width) == case.expected


@cases("plan")
def test_plan(case: Case) -> None:
    data, width = given(case)
    steps = tuple(step(**each) for each in data.get("steps", ()))
    assert plan_text(Plan(steps), width=width) == case.expected


def step(job: str, state: str, reason: str, last: float | None = None) -> Step:
    return Step(Job(job, "", (), (), Options(), "cpu"), "", {}, State(state), reason, last_seconds=last)


@cases("summary")
def test_summary(case: Case) -> None:
    data, _ = given(case)
    assert summary_text(codec.decode(Report, data)) == case.expected


@cases("json")
def test_json(case: Case) -> None:
    data, _ = given(case)
    assert report_json(codec.decode(Report, data)) == json.loads(case.expected)


ERROR = Diagnostic("syntax-error", "invalid syntax", Location("slides/b.md", 2))
WARNING = Diagnostic("drifted", "it changed", Location("slides/a.md", 9), severity=Severity.WARNING)


def test_diagnostics_come_in_order_once_and_counted() -> None:
    text = diagnostics_text([ERROR, WARNING, ERROR])
    assert text.split("\n\n") == [
        "slides/a.md:9:1 warning [drifted] it changed",
        "slides/b.md:2:1 error [syntax-error] invalid syntax",
        "1 error, 1 warning",
    ]
    assert diagnostics_text([]) == ""
    assert count_text([ERROR, ERROR]) == "2 errors"


def test_color_adds_only_color() -> None:
    plain, colored = (diagnostics_text([ERROR, WARNING], color) for color in (False, True))
    for code in ("0", "1", "31", "33"):
        colored = colored.replace(f"\x1b[{code}m", "")
    assert colored == plain


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (0, "0.0 s"),
        (0.44, "0.4 s"),
        (9.96, "10 s"),
        (59.7, "1 min 0 s"),
        (185, "3 min 5 s"),
        (3725, "1 h 2 min"),
    ],
)
def test_duration(seconds: float, text: str) -> None:
    assert duration(seconds) == text


def test_an_event_is_one_line() -> None:
    event = events.Finished("snippets/模型.py", Status.OK, 0.5)
    line = event_json(event)
    assert "\n" not in line
    assert json.loads(line) == {
        "event": "finished",
        "subject": "snippets/模型.py",
        "status": "ok",
        "seconds": 0.5,
    }
