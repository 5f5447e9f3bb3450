"""What is measured: a competitor in a case."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from commands import Command, Run

COLD, NOTHING = "from nothing", "nothing changed"
TEXT, CODE = "one sentence changed", "one constant in a script changed"
MORE, FOUR = "(one more deck)", "(four more decks at once)"
CHANGES = (COLD, NOTHING, TEXT, CODE, MORE, FOUR)

LIMIT_SECONDS = 300.0
"""What takes longer is ended."""

_STAGE_SCRIPT = str(Path(__file__).with_name("stage.py"))
_LIVE_SCRIPT = str(Path(__file__).with_name("live.py"))
_SAVED = {TEXT: (r"Take (\d+)\.", "Take{}."), CODE: (r"take = (\d+)", "take{}done")}
"""What a save changes, its number as a group, and what the slide says then, without spaces."""


class Case(NamedTuple):
    """What is built, and what has changed since it was built last."""

    work: str
    change: str


def as_it_is(number: int) -> None:
    """Nothing is changed or removed."""


def _unchecked(number: int, done: Run) -> None:
    """It makes nothing."""


def _wall(done: Run) -> list[float]:
    return [done.seconds]


@dataclass(frozen=True, slots=True)
class Entry:
    """One competitor in one case.

    `prepare` comes before each run and `check` after it, both untimed. Both get the number of the run,
    which is what an edit writes: no two edits are alike.
    """

    case: Case
    competitor: str
    folder: Path
    commands: tuple[Command, ...]
    prepare: Callable[[int], None] = as_it_is
    check: Callable[[int, Run], None] = _unchecked
    env: Mapping[str, str] = field(default_factory=dict)
    read: Callable[[Run], list[float]] = _wall
    """What counts of a run: the time of its commands, if nothing else is said."""
    also: tuple[str, ...] = ()
    """Other changes after which it would do the very same, so that its figures stand for them too."""
    once: bool = False
    """Whether it is measured in the first round only."""
    limit_seconds: float = LIMIT_SECONDS


def removing(folder: Path) -> Callable[[int], None]:
    """Return what removes a folder before a run."""
    return lambda number: shutil.rmtree(folder, ignore_errors=True)


def visit(case: Case, competitor: str, folder: Path, server: Command, page: str, file: Path) -> Entry:
    """Return an entry for saving a file that a live server serves, seen by a browser; see live.py."""
    pattern, shown = _SAVED[case.change]
    asked = {"server": server, "page": page, "file": str(file), "pattern": pattern, "shown": shown}
    command = (sys.executable, _LIVE_SCRIPT, json.dumps(asked))
    return Entry(case, competitor, folder, (command,), read=lambda done: list(json.loads(done.stdout)))


def on_stage(case: Case, competitor: str, folder: Path, python: str, runner: str) -> Entry:
    """Return an entry for running a block of code after each edit of it; see stage.py."""
    command = (python, _STAGE_SCRIPT, runner, str(folder))
    return Entry(case, competitor, folder, (command,), read=lambda done: list(json.loads(done.stdout)))
