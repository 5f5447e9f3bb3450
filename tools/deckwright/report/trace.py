"""A command as a trace: what lasted from when to when, in the trace-event format of Chrome.

Perfetto, chrome://tracing and speedscope show such a file.
"""

from __future__ import annotations

import json
from typing import Any

from deckwright.frozen import dataclass
from deckwright.model import Event, events

_STAGES = "stages"
"""The lane of what is done one after another. Scripts and decks have as many as are at work at once."""
_START = "start"
"""The name of what comes before the first stage: imports, and the comparison with the last build."""


@dataclass
class _Span:
    name: str
    kind: str
    lane: str
    begin: float
    end: float | None = None


class Trace:
    """The spans of a command, which events begin and end. All times are seconds since it started."""

    def __init__(self) -> None:
        self._spans = [_Span(_START, "stage", _STAGES, 0.0)]

    def note(self, event: Event, now: float) -> None:
        match event:
            case events.Stage(name):
                self._end(now, kind="stage")
                self._spans.append(_Span(name, "stage", _STAGES, now))
            case events.Started():
                self._begin(now - event.seconds, event.subject, "script")
            case events.Finished():
                self._end(now, "script", event.subject)
            case events.Trying():
                self._begin(now, event.subject, "script alone")
            case events.Tried():
                self._end(now, "script alone", event.subject)
            case events.Rendering():
                self._begin(now, event.subject, "deck")
            case events.Rendered():
                self._end(now, "deck", event.subject)
            case events.Measuring():
                self._begin(now, event.subject, "deck measured")
            case events.Measured():
                self._end(now, "deck measured", event.subject)

    def text(self, now: float) -> str:
        """Return the trace as JSON; what has not ended yet ends now."""
        lanes = sorted({span.lane for span in self._spans}, key=lambda lane: (lane != _STAGES, lane))
        named: list[dict[str, Any]] = [
            {"ph": "M", "pid": 1, "tid": number, "name": "thread_name", "args": {"name": lane}}
            for number, lane in enumerate(lanes)
        ]
        spans = [_complete_event(span, lanes.index(span.lane), now) for span in self._spans]
        return json.dumps({"traceEvents": [*named, *spans], "displayTimeUnit": "ms"}, indent=1)

    def _begin(self, now: float, name: str, kind: str) -> None:
        taken = {span.lane for span in self._spans if span.end is None}
        lanes = (f"{kind} {number}" for number in range(1, len(taken) + 2))
        self._spans.append(_Span(name, kind, next(lane for lane in lanes if lane not in taken), now))

    def _end(self, now: float, kind: str, name: str = "") -> None:
        for span in self._spans:
            if span.end is None and span.kind == kind and name in ("", span.name):
                span.end = now


def _complete_event(span: _Span, number: int, now: float) -> dict[str, Any]:
    end = now if span.end is None else span.end
    times = {"ts": round(span.begin * 1e6), "dur": round((end - span.begin) * 1e6)}
    return {"ph": "X", "pid": 1, "tid": number, "name": span.name, "cat": span.kind, **times}
