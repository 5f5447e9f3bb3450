"""Events on a terminal, in a log and as JSON."""

import io
import json
import os
import subprocess
import sys

import pytest

from deckwright.model import Event
from deckwright.report.progress import Progress

EVENTS = [
    Event("planned", detail={"steps": 3, "stale": 2, "last": {"snippets/a.py": 1.0, "snippets/b.py": None}}),
    Event("started", "snippets/a.py", {"last_seconds": 1.0, "device": "cpu"}),
    Event("finished", "snippets/a.py", {"status": "ok", "seconds": 1.25}),
    Event("started", "snippets/b.py", {"last_seconds": None, "device": "cpu"}),
    Event("finished", "snippets/b.py", {"status": "raised", "seconds": 0.5}),
    Event("rendering", "slides/中.md"),
    Event("rendered", "slides/中.md", {"slides": 3, "pages": 3}),
    Event("done", detail={"good": False, "seconds": 2.0}),
]
NOTHING_TO_DO = [
    Event("planned", detail={"steps": 3, "stale": 0, "last": {}}),
    Event("done", detail={"good": True, "seconds": 0.1}),
]


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def show(events: list[Event], stream: io.StringIO, as_json: bool = False) -> str:
    with Progress(as_json, stream) as progress:
        for event in events:
            progress(event)
    return stream.getvalue()


@pytest.fixture(autouse=True)
def _terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLUMNS", "60")


def test_a_log_has_a_line_a_step() -> None:
    assert show(EVENTS, io.StringIO()).splitlines() == [
        "2 of 3 scripts to run",
        "[1/2] ok snippets/a.py 1.2 s",
        "[2/2] raised snippets/b.py 0.5 s",
        "rendered slides/中.md: 3 slides, 3 pages",
    ]


def test_a_log_says_how_often_a_plain_deck_was_tried() -> None:
    events = [
        Event("trying", "slides/a.md"),
        Event("trying", "slides/a.md"),
        Event("settled", "slides/a.md", {"runs": 2, "seconds": 3.0}),
    ]
    assert show(events, io.StringIO()) == "tried slides/a.md: 2 runs, 3.0 s\n"
    empty = [Event("trying", "b.md"), Event("settled", "b.md", {"runs": 0, "seconds": 0.0})]
    assert show(empty, io.StringIO()) == ""


def test_a_log_in_another_encoding_does_not_end_the_build() -> None:
    raw = io.BytesIO()
    with Progress(stream=io.TextIOWrapper(raw, "ascii")) as progress:
        progress(EVENTS[-2])
    assert raw.getvalue() == b"rendered slides/?.md: 3 slides, 3 pages\n"


def test_json_has_a_line_an_event() -> None:
    lines = show(EVENTS, io.StringIO(), as_json=True).splitlines()
    assert [json.loads(line)["event"] for line in lines] == [event.kind for event in EVENTS]


def test_a_terminal_keeps_only_what_failed() -> None:
    text = show(EVENTS, Terminal())
    assert "[2/2] raised snippets/b.py 0.5 s\n" in text.replace("\r", "")
    assert "[1/2]" not in text
    assert text.count("\x1b[?25l") == text.count("\x1b[?25h") == 1


@pytest.mark.parametrize("stream", [io.StringIO(), Terminal()])
def test_nothing_to_do_shows_nothing(stream: io.StringIO) -> None:
    assert show(NOTHING_TO_DO, stream) == ""


def test_an_interrupt_leaves_a_clean_terminal() -> None:
    def interrupted() -> None:
        with Progress(stream=terminal) as progress:
            progress(EVENTS[0])
            raise KeyboardInterrupt

    terminal = Terminal()
    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert terminal.getvalue().rindex("\x1b[?25h") > terminal.getvalue().rindex("\x1b[?25l")


def test_a_dumb_terminal_is_a_log(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "dumb")
    assert show(EVENTS[:3], Terminal()).splitlines()[-1] == "[1/2] ok snippets/a.py 1.2 s"


def test_rich_is_not_imported_before_something_runs() -> None:
    code = "import sys, deckwright.report.progress as p; p.Progress(); sys.exit('rich' in sys.modules)"
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    assert subprocess.run([sys.executable, "-c", code], env=environment, check=False).returncode == 0
