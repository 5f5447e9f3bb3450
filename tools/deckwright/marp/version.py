"""The versions of all that shapes a page: Marp, the browser, and our own code."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from deckwright.files.digests import digest, digest_of
from deckwright.marp.browsers import find_browser

SHAPING = ("compose", "formats", "marp", "parse", "text")
"""Our packages that make files of an expanded deck. A test compares them with the imports."""

_TOOL = Path(__file__).parents[1]
_SUFFIXES = (".py", ".mjs", ".json", ".html")

Stamp = tuple[int, int]
"""Size and time of a program: an upgrade changes them."""


def render_tools() -> Mapping[str, str]:
    """Return names and versions of the tools that make pages, without starting one."""
    packages = json.loads((_TOOL / "marp/js/package.json").read_text("utf-8"))["dependencies"]
    browser = find_browser()
    return {
        "marp-cli": packages["@marp-team/marp-cli"],
        "browser": browser.path.name if browser else "bundled",
    }


def browser_stamp() -> Stamp | None:
    """Return the stamp of the system's browser; None for the bundled one, whose version is in a lock."""
    if browser := find_browser():
        status = browser.path.stat()
        return status.st_size, status.st_mtime_ns
    return None


def render_code(browser: Stamp | None, tool: Path = _TOOL) -> str:
    """Return a digest of all code that makes pages: ours, the locks of the packages, and the browser."""
    files = (path for package in SHAPING for path in (tool / package).rglob("*") if path.suffix in _SUFFIXES)
    return digest_of([*(digest(path.read_bytes()) for path in sorted(files)), browser])
