"""Events on a terminal, in a log and as JSON."""

import io
import os
import subprocess
import sys
from collections.abc import Sequence

import pytest

from deckwright.model import Diagnostic, Event, FailureKind, Group, Location, Severity, Status, events
from deckwright.report.progress import progress

EVENTS = [
    events.Planned(3, 2, {"snippets/a.py": 1.0, "snippets/b.py": None}),
    events.Started("snippets/a.py", 1.0, "cpu"),
    events.Finished("snippets/a.py", Status.OK, 1.25),
    events.Started("snippets/b.py", None, "cpu"),
    events.Finished("snippets/b.py", FailureKind.RAISED, 0.5),
    events.Rendering("slides/中.md"),
    events.Rendered("slides/中.md", 3, 3, 0.125),
    events.Done(False, 2.0),
]
NOTHING_TO_DO = [events.Planned(3, 0, {}), events.Done(True, 0.1)]
DRIFTED = Diagnostic(
    "drifted",
    "it changed",
    Location("slides/a.md", 9, 2, 3),
    "x",
    severity=Severity.WARNING,
    slide=2,
    picture="check/a.png",
)
OTHERS = [
    events.Measuring("slides/a.md"),
    events.Measured("slides/a.md", 1),
    events.Trying("a.py"),
    events.Tried("a.py", 0, 0.25),
    events.TrialFinished("slides/a.md", 2, 3.0),
    events.Found(Group(DRIFTED, (DRIFTED,))),
    events.Planned(2, 1, {"a.py": 1.0}, again=True),
]


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def show(happened: Sequence[Event], stream: io.StringIO, as_json: bool = False) -> str:
    with progress(as_json, stream) as show_event:
        for event in happened:
            show_event(event)
    return stream.getvalue()


@pytest.fixture(autouse=True)
def _terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLUMNS", "60")


def test_a_log_has_a_line_per_step() -> None:
    assert show(EVENTS, io.StringIO()).splitlines() == [
        "2 of 3 scripts to run",
        "[1/2] ok snippets/a.py 1.2 s",
        "[2/2] raised snippets/b.py 0.5 s",
        "rendered slides/中.md: 3 slides, 3 pages",
    ]


@pytest.mark.parametrize("stream", [io.StringIO, Terminal])
def test_a_download_is_announced(stream: type[io.StringIO]) -> None:
    text = show([events.Installing("Marp (9 MB)")], stream())
    assert text == "downloading Marp (9 MB): once, for all projects\n"


def test_a_log_counts_the_runs_of_a_plain_deck() -> None:
    trying = events.Trying("slides/a.md")
    assert (
        show([trying, trying, events.TrialFinished("slides/a.md", 2, 3.0)], io.StringIO())
        == "tried slides/a.md: 2 runs, 3.0 s\n"
    )
    empty = [events.Trying("b.md"), events.TrialFinished("b.md", 0, 0.0)]
    assert show(empty, io.StringIO()) == ""


def test_a_log_says_what_runs_again() -> None:
    line = "1 script to run again: another script changed a file that was read\n"
    assert show([events.Planned(2, 1, {"a.py": 1.0}, again=True)], io.StringIO()) == line


def test_a_log_in_another_encoding_does_not_end_the_build() -> None:
    raw = io.BytesIO()
    with progress(stream=io.TextIOWrapper(raw, "ascii")) as show_event:
        show_event(EVENTS[-2])
    assert raw.getvalue() == b"rendered slides/?.md: 3 slides, 3 pages\n"


def test_json_has_a_line_per_event() -> None:
    assert show([*EVENTS, *OTHERS], io.StringIO(), as_json=True).splitlines() == [
        '{"event": "planned", "steps": 3, "stale": 2, "last": {"snippets/a.py": 1.0, "snippets/b.py": null}}',
        '{"event": "started", "subject": "snippets/a.py", "last_seconds": 1.0, "device": "cpu"}',
        '{"event": "finished", "subject": "snippets/a.py", "status": "ok", "seconds": 1.25}',
        '{"event": "started", "subject": "snippets/b.py", "last_seconds": null, "device": "cpu"}',
        '{"event": "finished", "subject": "snippets/b.py", "status": "raised", "seconds": 0.5}',
        r'{"event": "rendering", "subject": "slides/\u4e2d.md"}',
        r'{"event": "rendered", "subject": "slides/\u4e2d.md", "slides": 3, "pages": 3, "seconds": 0.125}',
        '{"event": "done", "good": false, "seconds": 2.0}',
        '{"event": "measuring", "subject": "slides/a.md"}',
        '{"event": "measured", "subject": "slides/a.md", "diagnostics": 1}',
        '{"event": "trying", "subject": "a.py"}',
        '{"event": "tried", "subject": "a.py", "status": 0, "seconds": 0.25}',
        '{"event": "trialfinished", "subject": "slides/a.md", "runs": 2, "seconds": 3.0}',
        '{"event": "diagnostic", "subject": "slides/a.md", "slug": "drifted", "severity": "warning", '
        '"message": "it changed", "path": "slides/a.md", "line": 9, "column": 2, "length": 3, "slide": 2, '
        '"picture": "check/a.png"}',
        '{"event": "planned", "steps": 2, "stale": 1, "last": {"a.py": 1.0}, "again": true}',
    ]


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
        with progress(stream=terminal) as show_event:
            show_event(EVENTS[0])
            raise KeyboardInterrupt

    terminal = Terminal()
    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert terminal.getvalue().rindex("\x1b[?25h") > terminal.getvalue().rindex("\x1b[?25l")


def test_a_dumb_terminal_is_a_log(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "dumb")
    assert show(EVENTS[:3], Terminal()).splitlines()[-1] == "[1/2] ok snippets/a.py 1.2 s"


def test_rich_is_not_imported_before_something_runs() -> None:
    code = "import sys, deckwright.report.progress as p\nwith p.progress(): sys.exit('rich' in sys.modules)"
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    assert subprocess.run([sys.executable, "-c", code], env=environment, check=False).returncode == 0


@pytest.mark.parametrize("with_decks", [False, True])
def test_a_terminal_names_decks_that_are_made_while_scripts_run(with_decks: bool) -> None:
    terminal = Terminal()
    begin = [events.Planned(2, 1, {"a.py": 1.0}), events.Started("a.py", 1.0, "cpu")]
    early, late = (events.Rendered(name, 2, 0, 0.1) for name in ("early.md", "late.md"))
    with progress(stream=terminal, with_decks=with_decks) as show_event:
        for event in (*begin, early, events.Finished("a.py", Status.OK, 1.0), late, events.Done(True, 1.0)):
            show_event(event)
    assert ("rendered early.md: 2 slides" in terminal.getvalue()) == with_decks
    assert "rendered late.md" not in terminal.getvalue()
