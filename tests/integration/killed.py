"""Commands that are cheap enough to be killed two hundred times: all but Marp and the clock is real.

`python -m integration.killed` reads a line `FOLDER FILE ARGUMENTS [KIND COUNT]` in JSON for each command. A
forked process runs `deckwright ARGUMENTS` in the folder, and prints to the file. It kills itself before the
event number COUNT of a kind:

- `changes`: a change to a file below build/,
- `events`: an audit event,
- `sources`: an audit event from the first one on that is about a new file beside one of the author's.

The answer is a line with its exit code, which is negative for a signal.
"""

from __future__ import annotations

import itertools
import json
import os
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import Any

from deckwright import wiring
from deckwright.build.context import Context
from deckwright.build.entry import build_or_replay
from deckwright.build.ports import Ports
from deckwright.cli import entry as cli
from deckwright.execute.workers import Workers
from deckwright.model import Job, OnCell, OnStart, OnText, Request, Result
from deckwright.project.project import Project, find_project
from support.fakes import FakeRenderer

for late in (
    *("deckwright.build.pipeline", "deckwright.report.html_pages", "jinja2", "deckwright.adopt"),
    *("deckwright.report.progress", "deckwright.report.summary_text", "deckwright.files.sources"),
):
    import_module(late)  # here, and not in each fork

_OPEN_PORTS = wiring.open_ports
_CHANGES = {"os.rename", "os.remove", "os.rmdir", "os.mkdir", "os.truncate", "os.utime"}


class Timeless:
    """Workers whose runs all take the same time, so that builds can be compared byte for byte."""

    def __init__(self, workers: Workers) -> None:
        self._workers = workers

    def run(
        self,
        jobs: Sequence[Job],
        on_start: OnStart,
        on_text: OnText | None = None,
        on_cell: OnCell | None = None,
    ) -> Iterator[Result]:
        for result in self._workers.run(jobs, on_start, on_text, on_cell):
            yield replace(result, seconds=0.5, peak_bytes=0)


def die_before(count: int, counts: Callable[[str, tuple[Any, ...]], bool]) -> None:
    """Kill this process and its group before the audit event number `count` of those that count."""
    numbers = itertools.count()

    def hook(event: str, arguments: tuple[Any, ...]) -> None:
        if counts(event, arguments) and next(numbers) == count:
            os.killpg(0, signal.SIGKILL)

    sys.addaudithook(hook)


def changes_in(build: Path) -> Callable[[str, tuple[Any, ...]], bool]:
    """Return whether an audit event is a change to what is below a folder."""

    def is_change(event: str, arguments: tuple[Any, ...]) -> bool:
        if event == "open":
            changes = isinstance(arguments[2], int) and arguments[2] & (os.O_WRONLY | os.O_RDWR)
        else:
            changes = event in _CHANGES
        return bool(changes) and str(arguments[0]).startswith(str(build))

    return is_change


def ports_of(project: Project) -> Ports:
    @contextmanager
    def runner() -> Iterator[Timeless]:
        with Workers(project.root, jobs=2, scratch=project.build / ".scratch") as workers:
            yield Timeless(workers)

    return replace(
        _OPEN_PORTS(project, "cpu", 2),
        runner=runner,
        renderer=FakeRenderer(project.build).warm,
        render_versions=lambda: {"marp": "0"},
        conditions=str,
    )


def once_sources_change() -> Callable[[str, tuple[Any, ...]], bool]:
    """Return whether an audit event is one from the first on that is about the author's files."""
    begun: list[str] = []

    def has_begun(event: str, arguments: tuple[Any, ...]) -> bool:
        if not begun and event == "open" and ".deckwright-" in str(arguments[0]):
            begun.append(event)
        return bool(begun)

    return has_begun


def run(folder: str, arguments: Sequence[str], kind: str = "", count: int = 0) -> None:
    """Run a command with stand-ins, which is killed at a moment."""
    project = find_project(Path(folder))
    kinds = {
        "changes": lambda: changes_in(project.build),
        "events": lambda: lambda event, arguments: True,
        "sources": once_sources_change,
    }
    if kind:
        die_before(count, kinds[kind]())
    if arguments[0] == "build":
        build_or_replay(Context(project, ports_of(project), Request(formats=("html",))))
    else:
        wiring.open_ports = lambda project, device, jobs: ports_of(project)
        os.chdir(folder)
        cli.main(list(arguments))


def run_apart(folder: str, file: str, *rest: Any) -> None:
    """Run a command in this process, which becomes the leader of a group and prints to a file."""
    os.setsid()
    printed = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    for descriptor in (1, 2):
        os.dup2(printed, descriptor)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    run(folder, *rest)


def main() -> None:
    for line in sys.stdin:
        child = os.fork()
        if not child:
            run_apart(*json.loads(line))
            return
        print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)


if __name__ == "__main__":
    main()
