"""What lasted from when to when, as Perfetto reads it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from deckwright.model import Event, Status, events
from deckwright.report.trace import Trace


def spans(noted: Iterable[tuple[float, Event]], end: float) -> dict[str, tuple[str, float, float]]:
    """Return lane, begin and end in seconds of each span, by name."""
    trace = Trace()
    for now, event in noted:
        trace.note(event, now)
    written: list[dict[str, Any]] = json.loads(trace.text(end))["traceEvents"]
    lanes = {each["tid"]: each["args"]["name"] for each in written if each["ph"] == "M"}
    return {
        each["name"]: (lanes[each["tid"]], each["ts"] / 1e6, (each["ts"] + each["dur"]) / 1e6)
        for each in written
        if each["ph"] == "X"
    }


def test_stages_follow_one_another_and_what_runs_side_by_side_has_lanes() -> None:
    noted: list[tuple[float, Event]] = [
        (0.5, events.Stage("read")),
        (0.7, events.Stage("run")),
        (1.0, events.Started("a.py", None, "cpu")),
        (1.1, events.Started("b.py", None, "cpu", seconds=0.4)),
        (1.2, events.Rendering("a.md")),
        (1.3, events.Finished("a.py", Status.OK, 0.3)),
        (1.4, events.Started("c.py", None, "cpu")),
        (1.5, events.Rendered("a.md", 3, 3, 0.3)),
        (1.6, events.Finished("c.py", Status.OK, 0.2)),
        (1.7, events.Finished("b.py", Status.OK, 0.6)),
        (1.8, events.Stage("report")),
    ]
    assert spans(noted, 2.0) == {
        "start": ("stages", 0, 0.5),
        "read": ("stages", 0.5, 0.7),
        "run": ("stages", 0.7, 1.8),
        "report": ("stages", 1.8, 2.0),
        "a.py": ("script 1", 1.0, 1.3),
        "b.py": ("script 2", 0.7, 1.7),
        "c.py": ("script 1", 1.4, 1.6),
        "a.md": ("deck 1", 1.2, 1.5),
    }


def test_what_was_interrupted_ends_with_the_command() -> None:
    noted: list[tuple[float, Event]] = [
        (1.0, events.Stage("check")),
        (1.1, events.Trying("a.py")),
        (1.2, events.Measuring("a.md")),
    ]
    assert spans(noted, 3.0) == {
        "start": ("stages", 0, 1.0),
        "check": ("stages", 1.0, 3.0),
        "a.py": ("script alone 1", 1.1, 3.0),
        "a.md": ("deck measured 1", 1.2, 3.0),
    }


def test_a_build_with_nothing_to_do_only_starts() -> None:
    assert spans([(0.2, events.Done(True, 0.1))], 0.25) == {"start": ("stages", 0, 0.25)}
