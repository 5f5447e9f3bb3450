"""What the look of a page depends on: Marp, the browser, and our own code that makes pages."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from deckwright.files.digests import digest, digest_of
from deckwright.files.disk import stamp_of
from deckwright.marp.browsers import find_browser

_MARP = Path(__file__).parent

Stamp = tuple[int, int]
"""Size and time of a program: an upgrade changes them."""


def render_tools() -> Mapping[str, str]:
    """Name what makes pages, without starting any of it."""
    packages = json.loads((_MARP / "js" / "package.json").read_text("utf-8"))["dependencies"]
    browser = find_browser()
    return {
        "marp-cli": packages["@marp-team/marp-cli"],
        "browser": browser.path.name if browser else "bundled",
    }


def browser_stamp() -> Stamp | None:
    """Return the stamp of the system's browser; None for the bundled one, whose version is in a lock."""
    browser = find_browser()
    if browser is None:
        return None
    stamp = stamp_of(browser.path.stat())
    return stamp.size_bytes, stamp.modified_ns


def render_code(browser: Stamp | None) -> str:
    """Return a digest of all code that makes pages: ours, the locks of what it uses, and the browser."""
    parts = sorted(path for path in _MARP.rglob("*") if path.suffix in (".py", ".mjs", ".json"))
    return digest_of([*(digest(path.read_bytes()) for path in parts), browser])
