"""The real outside world: store, processes, Marp and devices, wired into the ports of one command."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

from deckwright.build.ports import Ports, Renderer, Runner
from deckwright.files.codec import encode
from deckwright.files.digests import digest, digest_of
from deckwright.files.disk import stamp_of
from deckwright.machine.devices import cores, find, resolve
from deckwright.machine.environment import Environment, find_environment
from deckwright.model import Job, StandaloneRun
from deckwright.project.project import Project
from deckwright.store import Store

if TYPE_CHECKING:
    from deckwright.execute.workers import Workers
    from deckwright.marp.renderer import Renderer as MarpRenderer
    from deckwright.store.shared import Shared

_MARP = Path(__file__).with_name("marp")


@dataclass(frozen=True, slots=True)
class WarmPorts:
    """Ports for one build after another; the processes behind them stay warm."""

    ports: Callable[[], Ports]
    """The ports of the next build: after packages were installed or removed, Python starts anew."""
    interrupt: Callable[[], None]
    """Make the scripts' run that goes on now raise `Cancelled`; may be called from any thread."""
    intact: Callable[[], bool]
    """Whether what was put into the build folder for them is there: somebody may have removed it."""
    end_leftovers: Callable[[], None]
    """End the scripts that interrupted runs left: a build has come to its end without them."""
    warm: Callable[[Iterable[Job]], None]
    """Begin to import what these jobs import, for runs to come."""


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

    def conditions() -> str:
        kinds = [encode(environment.versions), environment.python, devices, device]
        return digest_of([*kinds, _render_tools(), _browser_stamp(), sorted(_our_code())])

    return Ports(
        Store(project.build / ".store", _shared(project)),
        runner,
        renderer,
        environment,
        device_for,
        partial(_alone, project, slots),
        cache(lambda: {**_render_tools(), "code": _render_code()}),
        conditions,
    )


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
    from deckwright.marp.renderer import Renderer as MarpRenderer

    return MarpRenderer(scratch=_scratch(project))


def _scratch(project: Project) -> Path:
    return project.build / ".scratch"


def _shared(project: Project) -> Shared | None:
    if not project.settings.store:
        return None
    from deckwright.store.shared import Shared

    return Shared(project.store_address())


@cache
def _render_tools() -> Mapping[str, str]:
    """Name what a page's look depends on, without starting any of it."""
    from deckwright.marp.browsers import find_browser

    packages = json.loads((_MARP / "js" / "package.json").read_text("utf-8"))["dependencies"]
    browser = find_browser()
    return {
        "marp-cli": packages["@marp-team/marp-cli"],
        "browser": browser.path.name if browser else "bundled",
    }


def _render_code() -> str:
    """Return a digest of all code that makes pages: ours, the locks of what it uses, and the browser."""
    parts = sorted(path for path in _MARP.rglob("*") if path.suffix in (".py", ".mjs", ".json"))
    return digest_of([*(digest(path.read_bytes()) for path in parts), _browser_stamp()])


@cache
def _browser_stamp() -> tuple[int, int] | None:
    """Return size and time of the browser's program: an upgrade changes them."""
    from deckwright.marp.browsers import find_browser

    browser = find_browser()
    if browser is None:  # the bundled one: its version is in a lock
        return None
    stamp = stamp_of(browser.path.stat())
    return stamp.size_bytes, stamp.modified_ns


def _our_code(folder: Path = Path(__file__).parent) -> Iterator[tuple[str, int, int]]:
    """Yield name, size and time of every file of ours: a build by another version of us is another build."""
    for entry in os.scandir(folder):
        if entry.is_dir():
            yield from _our_code(Path(entry.path)) if entry.name != "__pycache__" else ()
        else:
            stamp = stamp_of(entry.stat())
            yield entry.path, stamp.size_bytes, stamp.modified_ns


def _fonts(project: Project) -> tuple[Path, ...]:
    """Return the fonts for matplotlib; none where the packages cannot be had (no Node, say)."""
    from deckwright.errors import ToolMissing
    from deckwright.marp import fonts
    from deckwright.marp.packages import install_packages

    try:
        return fonts.install(project.build / "fonts", install_packages())
    except ToolMissing:
        return ()
