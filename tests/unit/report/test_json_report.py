"""Reports and events as JSON; the cases are in tests/cases/report/json.md."""

import json

from deckwright.files import codec
from deckwright.model import Report, Status, events
from deckwright.report.json_report import event_json, report_json
from support.cases import Case
from support.report import data_and_width, report_cases


@report_cases("json")
def test_json(case: Case) -> None:
    data, _ = data_and_width(case)
    assert report_json(codec.decode(Report, data)) == json.loads(case.expected)


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
