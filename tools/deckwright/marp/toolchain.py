"""What rendering needs from outside Python, as `doctor` sees it; and the way to have it installed."""

from __future__ import annotations

import json
from collections.abc import Callable

from deckwright.errors import ToolMissing
from deckwright.marp import fonts
from deckwright.marp.browsers import bundle_runs_here, find_browser, find_bundled
from deckwright.marp.packages import SOURCES, find_node, find_packages
from deckwright.model import Requirement

_FIRST_BUILD = "the first build installs it: deckwright build"


def requirements() -> tuple[Requirement, ...]:
    """Look at Node, Marp, browser and fonts. Installs nothing, never raises.

    What is only not installed yet is no fault: a build installs it by itself.
    """
    return tuple(
        _safely(name, look)
        for name, look in (
            ("Node", _node),
            ("Marp", _marp),
            ("browser", _browser),
            ("fonts", _fonts),
        )
    )


def _safely(name: str, look: Callable[[], tuple[str, bool, str]]) -> Requirement:
    try:
        return Requirement(name, *look())
    except ToolMissing as error:
        return Requirement(name, error.message, False, error.hint)
    except (OSError, ValueError, KeyError) as error:
        return Requirement(name, f"cannot be looked at: {error}", False, "deckwright clean")


def _node() -> tuple[str, bool, str]:
    node = find_node()
    return f"{node.version} ({node.path})", True, ""


def _marp() -> tuple[str, bool, str]:
    wanted = json.loads((SOURCES / "package.json").read_text("utf-8"))["dependencies"]
    version = wanted["@marp-team/marp-cli"]
    packages = find_packages()
    if packages is None:
        return f"marp-cli {version} is not installed yet", True, _FIRST_BUILD
    return f"marp-cli {version} ({packages})", True, ""


def _browser() -> tuple[str, bool, str]:
    browser = find_browser() or find_bundled()
    if browser is None and not bundle_runs_here():
        return "none", False, "install Chrome, Chromium, Edge or Firefox"
    if browser is None:
        return "none; the one that comes as a package is not installed yet", True, _FIRST_BUILD
    return f"{browser.kind} ({browser.path})", True, ""


def _fonts() -> tuple[str, bool, str]:
    packages = find_packages()
    if packages is None:
        return "not installed yet", True, _FIRST_BUILD
    missing = fonts.missing(packages)
    if missing:
        return f"missing: {', '.join(missing)}", False, f"rm -r {packages} && deckwright build"
    return ", ".join(sorted({file.family for file in fonts.FILES})), True, ""
