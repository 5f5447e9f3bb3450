"""A build, unless it would only repeat the last one."""

from __future__ import annotations

from deckwright.build.ports import Ports, Emit
from deckwright.model import Report, Request
from deckwright.project.project import Project
from deckwright.build.replay import recall, tell


def build_once(project: Project, ports: Ports, request: Request, emit: Emit) -> Report:
    """Build, or tell again what the last build told."""
    if report := recall(project, ports, request):
        return tell(report, emit)
    from deckwright.build.pipeline import build  # what it needs takes longer to import than to recall

    return build(project, ports, request, emit)
