"""A built page as a browser without any network sees it."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any

from deckwright.marp.node import NodeProcess
from deckwright.marp.packages import find_node, install_packages, node_environment

LOOK = Path(__file__).parent / "look.mjs"


def look(browser: NodeProcess, page: Path, view: str = "") -> dict[str, Any]:
    """Open a page and return what look.mjs says of it; `view` may be Marp's presenter."""
    return asked(browser, LOOK, page, view=view)


def asked(browser: NodeProcess, script: Path, page: Path, **question: Any) -> dict[str, Any]:
    """Return what a script says that opens a page."""
    about = {"address": page.resolve().as_uri(), **question}
    seen: dict[str, Any] = browser.call("answer", 250, script=str(script), question=about)
    return seen


def marp_cli(deck: Path, page: Path, folder: Path | None = None) -> str:
    """Return the page that plain marp-cli makes of a deck; in `folder`, with the settings there."""
    program = install_packages() / "node_modules/@marp-team/marp-cli/marp-cli.js"
    settings = [] if folder else ["--no-config-file"]
    done = subprocess.run(
        [str(find_node().path), str(program), *settings, str(deck), "-o", str(page)],
        cwd=folder or deck.parent,
        env=node_environment(),
        capture_output=True,
        text=True,
        timeout=250,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return page.read_text("utf-8")
