"""What most commands begin with: the project, the ports, a build."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from deckwright.build.ports import Ports
    from deckwright.model import Report, Request
    from deckwright.project.project import Project


def open_project(names: Sequence[str]) -> Project:
    """Return the project that a command is about: that of the first file named, else of this folder."""
    from deckwright.project.project import find_project

    return find_project(Path.cwd(), names)


def open_ports(project: Project, device: str | None, jobs: int | None) -> Ports:
    """Return the ports to the outside; what the command line leaves open, the settings say."""
    from deckwright.wiring import open_ports as open_real

    return open_real(project, device or project.settings.device, jobs or project.settings.jobs)


def built(project: Project, ports: Ports, request: Request, as_json: bool) -> Report:
    """Build, or tell again what the last build told."""
    from deckwright.build.entry import build_once
    from deckwright.report.progress import Progress

    with Progress(as_json=as_json) as emit:
        return build_once(project, ports, request, emit)
