"""The context of a command: the project, the ports, a build with its progress."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from deckwright.build.context import Context
    from deckwright.model import Report, Request
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


def run_build(context: Context, as_json: bool) -> Report:
    """Build, show the progress, and return the report."""
    from deckwright.build.entry import build_or_replay
    from deckwright.report.progress import progress

    with progress(as_json) as emit:
        return build_or_replay(replace(context, emit=emit))
