"""The real outside world: store, processes, Marp and devices, wired into the ports of one command."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import field
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

from deckwright.build.ports import FindFonts, Ports, WarmPorts
from deckwright.cluster.address import Address, cluster_warnings, parse_address
from deckwright.execute.recorders import recorder_in_force
from deckwright.files.digests import digest_of
from deckwright.files.variables import secrets_in
from deckwright.frozen import dataclass
from deckwright.machine.devices import cores, find, resolve, together, visible_gpus
from deckwright.machine.environment import Environment, find_environment
from deckwright.machine.gpus import CARD_NAMES, card_versions, other_users
from deckwright.machine.result_code import tool_files
from deckwright.marp.version import browser_stamp, render_code, render_tools
from deckwright.model import Chance, FigureFonts, Job, StandaloneRun
from deckwright.project.commits import last_commit_day
from deckwright.project.project import Project
from deckwright.project.settings import ClusterSettings
from deckwright.store import Store

if TYPE_CHECKING:
    from deckwright.build.parsed import ParsedSources
    from deckwright.cluster.runner import ClusterRunner
    from deckwright.execute.stage import Stage
    from deckwright.execute.workers import Workers
    from deckwright.marp.families import Family
    from deckwright.marp.renderer import MarpRenderer
    from deckwright.store.shared import Shared


@dataclass(frozen=True, slots=True)
class _Cluster:
    """What is known of the machines of a cluster, as it is found."""

    refused: list[str] = field(default_factory=list)
    """Why workers are not used, in words."""
    cards: dict[str, Mapping[str, str]] = field(default_factory=dict)
    """By job that has run, the GPUs of its machine."""


def open_ports(project: Project, device: str, jobs: int) -> Ports:
    """Return the ports of one command; raises DeviceMissing if the device named is not there."""
    return _ports(project, device, jobs, _Cluster())


def _ports(project: Project, device: str, jobs: int, cluster: _Cluster) -> Ports:
    environment, gpus, slots = find_environment(), visible_gpus(), jobs or cores()
    address = parse_address(project.settings.cluster.address)
    devices = find(gpus) if address is None else _devices_of(project.settings.cluster)
    resolve(device, "any", devices)  # an impossible device ends the command now, not at the first job
    tools, stamp = cache(render_tools), cache(browser_stamp)
    cards: Callable[[], Mapping[str, str]] = cache(card_versions) if address is None else dict

    def conditions() -> str:
        python = [str(address), environment.versions, environment.python, recorder_in_force().kernel]
        return digest_of(
            [*python, gpus, devices, device, card_versions(), tools(), stamp(), sorted(tool_files())]
        )

    store = open_store(project)
    return Ports(
        store=store,
        parsed=cache(partial(_parsed, store, environment)),
        runner=partial(_runner, project, slots, cluster),
        runner_in=lambda root: _workers(project, root, slots),
        renderer=partial(_renderer, project),
        environment=environment,
        device_for=partial(resolve, device, present=devices),
        run_standalone=partial(_alone, project, slots),
        render_versions=cache(lambda: {**tools(), "code": render_code(stamp())}),
        web_fonts=_web_fonts(),
        font_versions=_font_versions,
        card_versions=cards,
        cards_of=(lambda job: cards()) if address is None else lambda job: cluster.cards.get(job, {}),
        unknown_versions=frozenset() if address is None else CARD_NAMES,
        gpu_users=partial(other_users, gpus),
        cluster_warnings=lambda: (*cluster_warnings(project.settings.cluster), *cluster.refused),
        last_commit=cache(partial(last_commit_day, project.root)),
        missing_tools=_missing_tools,
        kernel_records=lambda: recorder_in_force().kernel,
        gpus=together(gpus),
        secrets=secrets_in(os.environ),
        conditions=conditions,
    )


def _parsed(store: Store, environment: Environment) -> ParsedSources:
    from deckwright.build.parsed import ParsedSources  # what parses takes long to import

    version = digest_of([environment.python, environment.versions, sorted(tool_files())])
    return ParsedSources(store, version)


def open_store(project: Project) -> Store:
    """Return the results and all else that is remembered of a project."""
    return Store(project.build / ".store", _shared(project))


def scratch_folder(project: Project) -> Path:
    """Return the folder for what commands need while they run."""
    return project.build / ".scratch"


@contextmanager
def keep_ports(project: Project, device: str, jobs: int) -> Iterator[WarmPorts]:
    """Start what builds need, for as long as this lasts; raises DeviceMissing as `open_ports` does."""
    # Somebody waits for what was just saved: unless a number is given, long scripts do not take all slots.
    spare = 0 if jobs else 1
    cluster = _Cluster()
    with _runner(project, jobs or cores(), cluster, spare) as workers, _renderer(project) as renderer:

        def ports_now() -> Ports:
            return _ports(project, device, jobs, cluster).kept_warm(workers, renderer)

        current = ports_now()

        def ports() -> Ports:
            nonlocal current
            if find_environment() != current.environment:
                workers.restart()
                current = ports_now()
            return current

        renderer.start(browser=False)
        yield WarmPorts(ports, workers.interrupt, renderer.is_intact, workers.end_leftovers, workers.warm)


@contextmanager
def open_stage(project: Project, device: str) -> Iterator[tuple[Stage, Callable[[str], str | None]]]:
    """Start what runs code in class; with it comes what finds the device for one that a script asks for."""
    from deckwright.execute.stage import Stage

    gpus = visible_gpus()
    fonts, figure_fonts = _fonts(project), _figure_fonts()
    with Stage(
        project.root, scratch=scratch_folder(project), fonts=fonts, figure_fonts=figure_fonts
    ) as stage:
        yield stage, partial(resolve, device, present=find(gpus))


def _runner(project: Project, slots: int, cluster: _Cluster, spare: int = 0) -> Workers | ClusterRunner:
    address = parse_address(project.settings.cluster.address)
    if address is not None:
        return _cluster(project, address, slots, cluster)
    return _workers(project, project.root, slots, spare)


def placement_text(project: Project, jobs: Sequence[Job]) -> str:
    """Return on which workers of the project's cluster jobs can run, a line each; empty without a cluster."""
    settings = project.settings.cluster
    address = parse_address(settings.address)
    if address is None:
        return ""
    if not address.is_running:
        return f"on workers that the build starts: {address.text}"
    with _cluster_package():
        from deckwright.cluster.placement import find_workers, placement_lines
        from deckwright.cluster.scheduler import open_scheduler

    opened = open_scheduler(address, settings, 1, project.root, scratch_folder(project))
    workers = find_workers(opened, jobs, find_environment())
    return "\n".join(placement_lines(workers, jobs))


@contextmanager
def _cluster_package() -> Iterator[None]:
    from deckwright.errors import ToolMissing

    try:
        yield
    except ModuleNotFoundError as error:
        hint = "pip install 'deckwright[cluster]'"
        raise ToolMissing(f"--cluster needs the package {error.name}", hint) from None


def _devices_of(cluster: ClusterSettings) -> tuple[str, ...]:
    """Return the devices that a worker of a cluster has."""
    return ("cpu", *(f"cuda:{number}" for number in range(cluster.gpus)))


def _cluster(project: Project, address: Address, slots: int, cluster: _Cluster) -> ClusterRunner:
    with _cluster_package():
        from deckwright.cluster.runner import ClusterRunner
        from deckwright.cluster.scheduler import open_scheduler, prepare

    prepare(address)
    store = open_store(project)
    return ClusterRunner(
        project.root,
        partial(
            open_scheduler, address, project.settings.cluster, slots, project.root, scratch_folder(project)
        ),
        find_environment,
        scratch=scratch_folder(project),
        threads=max(1, cores() // slots),
        waits=address.is_queue,
        read_before=lambda job: next((record.reads for record in store.records(job)), ()),
        fonts=_fonts(project),
        figure_fonts=_figure_fonts(),
        warn=cluster.refused.append,
        on_cards=cluster.cards.__setitem__,
    )


def _workers(project: Project, root: Path, slots: int, spare: int = 0) -> Workers:
    from deckwright.execute.workers import Workers

    # Threads are shared out by slots, not by what is stale: sums of floats depend on their number.
    return Workers(
        root,
        jobs=slots,
        spare=spare,
        fonts=_fonts(project),
        figure_fonts=_figure_fonts(),
        scratch=scratch_folder(project),
    )


def _alone(
    project: Project, slots: int, jobs: Sequence[Job], on_start: Callable[[str], None], chance: Chance
) -> Iterator[tuple[str, StandaloneRun]]:
    from deckwright.execute.standalone import run_alone
    from deckwright.marp.packages import cache_folder

    # Not in build/: from there, a script that looks for the project above its folder would find it.
    return run_alone(project.root, jobs, slots, on_start, cache_folder() / "scratch", chance)


def _renderer(project: Project) -> MarpRenderer:
    from deckwright.marp.renderer import MarpRenderer

    patience_seconds = project.settings.marp.browser_timeout
    return MarpRenderer(scratch=scratch_folder(project), patience_seconds=patience_seconds)


def _web_fonts() -> FindFonts:
    @cache
    def packages() -> FindFonts:
        from deckwright.marp.web_fonts import FontPackages

        return FontPackages()

    return lambda texts, on_fetch: packages()(texts, on_fetch)


def _missing_tools(browser: bool) -> str:
    from deckwright.marp.toolchain import missing_tools

    return missing_tools(browser)


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


def _figure_fonts() -> Callable[[frozenset[str]], FigureFonts]:
    """Return what finds the fonts that figures need besides; most scripts need none."""

    @cache
    def fetched() -> Callable[[Family], Path]:
        from deckwright.marp.family_files import FetchedOnce

        return FetchedOnce()

    def fonts(letters: frozenset[str]) -> FigureFonts:
        if not letters:
            return FigureFonts()
        from deckwright.marp.figure_fonts import figure_fonts

        return figure_fonts(letters, fetched())

    return fonts


def _font_versions() -> Mapping[str, str]:
    from deckwright.marp.figure_fonts import font_versions

    return font_versions()
