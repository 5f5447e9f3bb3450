"""Where the competitors' programs are: ours, the peers' own environment, marp-cli and the browser."""

from __future__ import annotations

import subprocess
import sys
import sysconfig
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from deckwright.marp import fonts
from deckwright.marp.browsers import Browser, provide_browser
from deckwright.marp.packages import cache_folder, find_node, install_packages, node_environment

ROOT = Path(__file__).parents[2]
PEERS = ROOT / ".venv-bench"
REQUIREMENTS = Path(__file__).with_name("requirements.txt")


@dataclass(frozen=True, slots=True)
class Programs:
    """The programs that are measured."""

    python: str
    deckwright: str
    peers: Path
    """The folder of the peers' programs."""
    marp: tuple[str, ...]
    marp_env: Mapping[str, str]
    browser: Browser


def find_programs() -> Programs:
    """Find all programs; what is missing is installed first, untimed."""
    packages, browser = install_packages(), provide_browser()
    return Programs(
        python=sys.executable,
        deckwright=str(Path(sys.executable).with_name("deckwright")),
        peers=_peers(),
        marp=(str(find_node().path), str(packages / "node_modules/@marp-team/marp-cli/marp-cli.js")),
        marp_env={**browser.env, **fonts.browser_environment(packages, cache_folder())},
        browser=browser,
    )


def _peers() -> Path:
    """The programs of .venv-bench, which is made anew when what it should hold has changed."""
    wanted = f"{sys.version}\n{_shared()}\n{REQUIREMENTS.read_text('utf-8')}"
    ready, programs = PEERS / ".ready", PEERS / "bin"
    if not ready.is_file() or ready.read_text("utf-8") != wanted:
        print(f"installing the peers into {PEERS.name}", file=sys.stderr)
        _make_peers(programs)
        ready.write_text(wanted, "utf-8")
    return programs


def _make_peers(programs: Path) -> None:
    python = str(programs / "python")
    subprocess.run([sys.executable, "-m", "venv", "--clear", str(PEERS)], check=True)
    (_site_packages(python) / "shared.pth").write_text(_shared(), "utf-8")
    flags = ("--quiet", "--disable-pip-version-check", "--requirement", str(REQUIREMENTS))
    subprocess.run([python, "-m", "pip", "install", *flags], check=True)


def _shared() -> str:
    """The folders in which peers find the same torch and matplotlib that we use."""
    paths = sysconfig.get_paths()
    return "".join(f"{path}\n" for path in dict.fromkeys((paths["purelib"], paths["platlib"])))


def _site_packages(python: str) -> Path:
    code = "import sysconfig; print(sysconfig.get_path('purelib'))"
    said = subprocess.run([python, "-c", code], capture_output=True, text=True, check=True).stdout
    return Path(said.strip())


__all__ = ["Programs", "find_programs", "node_environment"]
