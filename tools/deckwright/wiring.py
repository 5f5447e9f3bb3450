"""The real outside world: store, processes, Marp and devices, wired into the ports of one command."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

from deckwright.build.ports import Ports, Renderer, Runner, WarmPorts
from deckwright.files.codec import encode
from deckwright.files.digests import digest_of
from deckwright.machine.devices import cores, find, resolve
from deckwright.machine.environment import Environment, find_environment
from deckwright.machine.tool_version import tool_files
from deckwright.marp.version import browser_stamp, render_code, render_tools
from deckwright.model import Job, StandaloneRun
from deckwright.project.project import Project
from deckwright.store import Store

if TYPE_CHECKING:
    from deckwright.execute.workers import Workers
    from deckwright.marp.renderer import MarpRenderer
    from deckwright.store.shared import Shared


def open_ports(project: Project, device: str, jobs: int) -> Ports:
    """Return the ports of one command; raises DeviceMissing if the device named is not there."""
    return _ports(
        project, device, find_environment(), lambda: _workers(project, jobs), lambda: _renderer(project), jobs
    )


@contextmanager
def keep_ports(project: Project, device: str, jobs: int) -> Iterator[WarmPorts]:
    """Start what builds need, for as long as this lasts; raises DeviceMissing as `open_ports` does."""
    with _workers(project, jobs) as workers, _renderer(project) as renderer:

        def ports_in(environment: Environment) -> Ports:
            return _ports(
                project,
                device,
                environment,
                lambda: nullcontext(workers),
                lambda: nullcontext(renderer),
                jobs,
            )

        current = ports_in(find_environment())

        def ports() -> Ports:
            nonlocal current
            environment = find_environment()
            if environment != current.environment:
                workers.restart()
                current = ports_in(environment)
            return current

        renderer.start(browser=False)
        scratch = _scratch(project)
        yield WarmPorts(ports, workers.interrupt, scratch.is_dir, workers.end_leftovers, workers.warm)


def _ports(
    project: Project,
    device: str,
    environment: Environment,
    runner: Callable[[], AbstractContextManager[Runner]],
    renderer: Callable[[], AbstractContextManager[Renderer]],
    slots: int,
) -> Ports:
    devices, slots = find(), slots or cores()
    resolve(device, "any", devices)  # an impossible wish ends the command now, not at the first job

    def device_for(wish: str) -> str | None:
        return resolve(device, wish, devices)

    tools, stamp = cache(_render_tools), cache(_browser_stamp)

    def conditions() -> str:
        kinds = [encode(environment.versions), environment.python, devices, device]
        return digest_of([*kinds, tools(), stamp(), sorted(tool_files())])

    def render_versions() -> Mapping[str, str]:

        return {**tools(), "code": render_code(stamp())}

    return Ports(
        Store(project.build / ".store", _shared(project)),
        runner,
        renderer,
        environment,
        device_for,
        partial(_alone, project, slots),
        cache(render_versions),
        conditions,
    )


def _render_tools() -> Mapping[str, str]:

    return render_tools()


def _browser_stamp() -> tuple[int, int] | None:

    return browser_stamp()


def _workers(project: Project, jobs: int) -> Workers:
    from deckwright.execute.workers import Workers

    # Threads are shared out by slots, not by what is stale: sums of floats depend on their number.
    return Workers(project.root, jobs=jobs or cores(), fonts=_fonts(project), scratch=_scratch(project))


def _alone(
    project: Project, slots: int, jobs: Sequence[Job], on_start: Callable[[str], None]
) -> Iterator[tuple[str, StandaloneRun]]:
    from deckwright.execute.standalone import run_alone
    from deckwright.marp.packages import cache_folder

    # Not in build/: from there, a script that looks for the project above its folder would find it.
    return run_alone(project.root, jobs, slots, os.environ, on_start, cache_folder() / "scratch")


def _renderer(project: Project) -> MarpRenderer:
    from deckwright.marp.renderer import MarpRenderer

    return MarpRenderer(scratch=_scratch(project))


def _scratch(project: Project) -> Path:
    return project.build / ".scratch"


def _shared(project: Project) -> Shared | None:
    if not project.settings.store:
        return None
    from deckwright.store.shared import Shared

    return Shared(project.store_address())


def _fonts(project: Project) -> tuple[Path, ...]:
    """Return the fonts for matplotlib; none where the packages cannot be had (no Node, say)."""
    from deckwright.errors import ToolMissing
    from deckwright.marp import fonts
    from deckwright.marp.packages import install_packages

    try:
        return fonts.install(project.build / "fonts", install_packages())
    except ToolMissing:
        return ()
