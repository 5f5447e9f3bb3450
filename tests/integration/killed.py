"""A build that is cheap enough to be killed two hundred times: all but Marp and the clock is real.

`python -m integration.killed FOLDER [changes|events COUNT]` builds the course in a folder, as `deckwright
build --to html` does. It kills itself before the change number COUNT to a file below build/, or before the
audit event number COUNT.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from deckwright.build.context import Context
from deckwright.build.entry import build_or_replay
from deckwright.build.ports import Ports
from deckwright.execute.workers import Workers
from deckwright.model import Job, Request, Result
from deckwright.project.project import Project, find_project
from deckwright.wiring import open_ports
from support.fakes import FakeRenderer

_CHANGES = {"os.rename", "os.remove", "os.rmdir", "os.mkdir", "os.truncate", "os.utime"}


class Timeless:
    """Workers whose runs all take the same time, so that builds can be compared byte for byte."""

    def __init__(self, workers: Workers) -> None:
        self._workers = workers

    def run(
        self, jobs: Sequence[Job], on_start: Callable[[str], None], on_text: object = None
    ) -> Iterator[Result]:
        for result in self._workers.run(jobs, on_start):
            yield replace(result, seconds=0.5, peak_bytes=0)


def die_before(count: int, counts: Callable[[str, tuple[Any, ...]], bool]) -> None:
    """Kill this process and its group before the audit event number `count` of those that count."""
    left = iter(range(count))

    def hook(event: str, arguments: tuple[Any, ...]) -> None:
        if counts(event, arguments) and next(left, None) is None:
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
        open_ports(project, "cpu", 2),
        runner=runner,
        renderer=FakeRenderer(project.build).warm,
        render_versions=lambda: {"marp": "0"},
        conditions=str,
    )


def main(folder: str, kind: str = "", count: str = "") -> None:
    project = find_project(Path(folder))
    if kind:
        die_before(int(count), changes_in(project.build) if kind == "changes" else lambda *_: True)
    ports, request = ports_of(project), Request(formats=("html",))
    build_or_replay(Context(project, ports, request))


if __name__ == "__main__":
    main(*sys.argv[1:])
