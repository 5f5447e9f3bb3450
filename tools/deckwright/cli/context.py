"""The context of a command: the project, the ports, a build with its progress."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from deckwright.build.context import Context
    from deckwright.build.ports import Emit
    from deckwright.model import Event, Report, Request
    from deckwright.project.project import Project


def open_project(names: Sequence[str]) -> Project:
    """Return the project of the first named file, or of the current folder."""
    from deckwright.project.project import find_project

    return find_project(Path.cwd(), names)


def open_context(
    project: Project, device: str | None, jobs: int | None, request: Request | None = None
) -> Context:
    """Return a command's context, with the project's settings where the command line has none."""
    from deckwright.build.context import Context
    from deckwright.build.smoke import smoke_context
    from deckwright.model import Request
    from deckwright.wiring import open_ports

    ports = open_ports(project, device or project.settings.device, jobs or project.settings.jobs)
    context = Context(project, ports, request or Request())
    return smoke_context(context) if context.request.smoke else context


def on_cluster(project: Project, address: str | None) -> Project:
    """Return the project with the cluster of the command line, if it names one."""
    if address is None:
        return project
    settings = project.settings
    return replace(project, settings=replace(settings, cluster=replace(settings.cluster, address=address)))


def run_build(context: Context, as_json: bool, profile: str | None = None) -> Report:
    """Build, show the progress, and return the report; a profile is written also where the build fails."""
    from deckwright.build.entry import build_or_replay
    from deckwright.report.progress import progress

    with progress(as_json) as emit, _profiled(emit, profile) as emit_all:
        return build_or_replay(replace(context, emit=emit_all))


@contextmanager
def _profiled(emit: Emit, profile: str | None) -> Iterator[Emit]:
    if profile is None:
        yield emit
        return
    import psutil

    from deckwright.report.trace import Trace

    trace, started = Trace(), psutil.Process().create_time()

    def emit_all(event: Event) -> None:
        trace.note(event, time.time() - started)
        emit(event)

    try:
        yield emit_all
    finally:
        Path(profile).write_text(trace.text(time.time() - started), "utf-8")
