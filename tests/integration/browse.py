"""A built page as a browser without any network sees it."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import Any

from deckwright.marp import fonts
from deckwright.marp.browsers import provide_browser
from deckwright.marp.packages import cache_folder, find_node, install_packages, node_environment

LOOK = Path(__file__).parent / "look.mjs"


def look(page: Path, view: str = "") -> dict[str, Any]:
    """Open a page and return what look.mjs says of it; `view` may be Marp's presenter."""
    return asked(LOOK, page, view=view)


def asked(script: Path, page: Path, **question: Any) -> dict[str, Any]:
    """Return what a script says that opens a page in the browser."""
    packages = install_packages()
    browser = provide_browser(cache_folder())
    where = {
        "packages": str(packages),
        "executable": str(browser.path),
        "args": browser.args,
        "address": page.resolve().as_uri(),
    }
    done = subprocess.run(
        [str(find_node().path), str(script), json.dumps({**where, **question})],
        env={
            **node_environment(os.environ),
            **browser.env,
            **fonts.browser_environment(packages, cache_folder()),
        },
        capture_output=True,
        text=True,
        timeout=250,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    seen: dict[str, Any] = json.loads(done.stdout)
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
