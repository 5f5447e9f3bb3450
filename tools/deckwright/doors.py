"""Opens the doors: the real store, processes, Marp and devices, wired for one command."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from functools import cache
from typing import TYPE_CHECKING

from deckwright.build import Doors, Renderer, Runner
from deckwright.fingerprint import digest
from deckwright.model import Job
from deckwright.project import Project
from deckwright.store import Store

if TYPE_CHECKING:
    from pathlib import Path


def open_doors(project: Project, device: str, jobs: int) -> Doors:
    """Return the doors of one command; raises DeviceMissing if the device named is not there."""
    from deckwright.devices import cores, find, resolve

    devices = find()
    resolve(device, "any", devices)  # an impossible wish ends the command now, not at the first job

    def device_for(wish: str) -> str | None:
        return resolve(device, wish, devices)

    slots = jobs or cores()

    def runner(stale: Sequence[Job]) -> AbstractContextManager[Runner]:
        from deckwright.execute.workers import Workers

        scratch = project.build / ".scratch"
        # Threads are shared out by slots, not by what is stale: sums of floats depend on their number.
        return Workers(project.root, jobs=slots, fonts=_fonts(project), scratch=scratch)

    def renderer() -> AbstractContextManager[Renderer]:
        from deckwright.marp.renderer import Renderer as MarpRenderer

        return MarpRenderer()

    return Doors(
        Store(project.build / ".store"),
        runner,
        renderer,
        cache(_render_versions),
        device_for,
        cache(_render_code),
    )


def _render_versions() -> Mapping[str, str]:
    """Name what a page's look depends on, without starting any of it."""
    from deckwright.marp.browsers import find_browser
    from deckwright.marp.packages import SOURCES

    packages = json.loads((SOURCES / "package.json").read_text("utf-8"))["dependencies"]
    browser = find_browser()
    return {
        "marp-cli": packages["@marp-team/marp-cli"],
        "browser": browser.path.name if browser else "bundled",
    }


def _render_code() -> str:
    """Return a digest of our own code that makes pages, and of the locks of what it uses."""
    from deckwright.marp.packages import SOURCES

    parts = sorted(path for path in SOURCES.parent.rglob("*") if path.suffix in (".py", ".mjs", ".json"))
    return digest(b"".join(path.read_bytes() for path in parts))


def _fonts(project: Project) -> tuple[Path, ...]:
    """Return the fonts for matplotlib; none where the packages cannot be had (no Node, say)."""
    from deckwright.errors import ToolMissing
    from deckwright.marp import fonts
    from deckwright.marp.packages import install_packages

    try:
        return fonts.install(project.build / "fonts", install_packages())
    except ToolMissing:
        return ()
