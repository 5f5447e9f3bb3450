"""The tools that rendering needs besides Python, for `doctor`: which are there, and how to install others."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from deckwright.errors import ToolMissing
from deckwright.marp import families, family_files, fonts
from deckwright.marp.browsers import MACHINE, Browser, find_browser, find_bundled, has_bundle
from deckwright.marp.charts import PACKAGES
from deckwright.marp.packages import SOURCES, Node, find_node, find_packages
from deckwright.model import Requirement

_PACKAGES, _BUNDLE = "Marp and fonts (95 MB)", "Chromium (70 MB)"
_FIRST_BUILD = "the first build installs it: deckwright build"
_FIRST_CHART = "the first deck with a chart of Plotly or altair installs it: deckwright build"


def requirements(
    node: Callable[[], Node] = find_node,
    packages: Callable[[], Path | None] = find_packages,
    browser: Callable[[], Browser | None] = lambda: find_browser() or find_bundled(),
    machine: str = MACHINE,
    charts: Callable[[], Path | None] = lambda: find_packages(source=PACKAGES),
    family: Callable[[families.Family], Path | None] = family_files.find,
) -> tuple[Requirement, ...]:
    """Return what is known of Node, Marp, browser, fonts and charts. Installs nothing, never raises.

    The arguments find them. What a build installs by itself counts as fulfilled.
    """
    return (
        _safely("Node", lambda: _node(node())),
        _safely("Marp", lambda: _marp(packages())),
        _safely("browser", lambda: _browser(browser(), machine)),
        _safely("fonts", lambda: _fonts(packages(), family)),
        _safely("charts", lambda: _charts(charts())),
    )


def missing_tools(
    browser: bool,
    packages: Callable[[], Path | None] = find_packages,
    found: Callable[[], Browser | None] = lambda: find_browser() or find_bundled(),
    machine: str = MACHINE,
) -> str:
    """Return in words what a build downloads; empty if all is there. `browser`: whether it needs one."""
    needs_bundle = browser and has_bundle(machine) and found() is None
    parts = [_PACKAGES] if packages() is None else []
    return " and ".join([*parts, *([_BUNDLE] if needs_bundle else [])])


def _safely(name: str, look: Callable[[], tuple[str, bool, str]]) -> Requirement:
    try:
        return Requirement(name, *look())
    except ToolMissing as error:
        return Requirement(name, error.message, False, error.hint)
    except (OSError, ValueError, KeyError) as error:
        return Requirement(name, f"cannot be checked: {error}", False, "deckwright clean")


def _node(node: Node) -> tuple[str, bool, str]:
    return f"{node.version} ({node.path})", True, ""


def _marp(packages: Path | None) -> tuple[str, bool, str]:
    wanted = json.loads((SOURCES / "package.json").read_text("utf-8"))["dependencies"]
    version = wanted["@marp-team/marp-cli"]
    if packages is None:
        return f"marp-cli {version} is not installed yet", True, _FIRST_BUILD
    return f"marp-cli {version} ({packages})", True, ""


def _browser(browser: Browser | None, machine: str) -> tuple[str, bool, str]:
    if browser is None and not has_bundle(machine):
        return "none", False, "install Chrome, Chromium, Edge or Firefox"
    if browser is None:
        return "none; the one of the npm package is not installed yet", True, _FIRST_BUILD
    return f"{browser.kind} ({browser.path})", True, ""


def _fonts(packages: Path | None, family: Callable[[families.Family], Path | None]) -> tuple[str, bool, str]:
    if packages is None:
        return "not installed yet", True, _FIRST_BUILD
    missing = fonts.missing(packages)
    if missing:
        return f"missing: {', '.join(missing)}", False, f"rm -r {packages} && deckwright build"
    own = sorted({file.family for file in fonts.FILES})
    fetched = [each.name for each in families.FETCHED if family(each)]
    rest = len(families.FETCHED) - len(fetched)
    later = f"; {rest} more are fetched when a deck needs them" if rest else ""
    return ", ".join([*own, *fetched]) + later, True, ""


def _charts(packages: Path | None) -> tuple[str, bool, str]:
    wanted = json.loads((PACKAGES / "package.json").read_text("utf-8"))["dependencies"]
    names = f"Plotly {wanted['plotly.js-strict-dist-min']}, Vega-Lite {wanted['vega-lite']}"
    return (
        (f"{names} ({packages})", True, "")
        if packages
        else (f"{names}: not installed yet", True, _FIRST_CHART)
    )
