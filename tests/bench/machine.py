"""Where and with what the figures were measured."""

from __future__ import annotations

import json
import os
import platform
import subprocess
from collections.abc import Iterable, Mapping

import psutil
from commands import Command
from environment import Programs

_OURS = ("deckwright", "torch", "matplotlib", "ipython")
_PEERS = ("nbconvert", "ipykernel", "marimo", "myst-nb", "sphinx")
_ASK = "import importlib.metadata as m, json, sys; print(json.dumps({n: m.version(n) for n in sys.argv[1:]}))"


def machine() -> str:
    """Return the machine in one line."""
    memory = psutil.virtual_memory().total / 2**30
    cores = len(psutil.Process().cpu_affinity()) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return f"{_processor()}, {cores} cores, {memory:.0f} GiB, {platform.system()} {platform.machine()}"


def load() -> str:
    """Return what the machine did beside, as far as the load tells."""
    return ", ".join(f"{value:.1f}" for value in os.getloadavg())


def versions(programs: Programs) -> dict[str, str]:
    """Return the versions of everything that is measured."""
    node, *cli = programs.marp
    return {
        "python": platform.python_version(),
        **_distributions(programs.python, _OURS),
        **_distributions(str(programs.peers / "python"), _PEERS),
        "marp-cli": _said((node, *cli, "--version")).split()[1].lstrip("v"),
        "node": _said((node, "--version")).lstrip("v"),
        "browser": _said((str(programs.browser.path), "--version"), programs.marp_env),
    }


def _distributions(python: str, names: Iterable[str]) -> dict[str, str]:
    return dict(json.loads(_said((python, "-c", _ASK, *names))))


def _said(command: Command, env: Mapping[str, str] | None = None) -> str:
    done = subprocess.run(
        command, env={**os.environ, **(env or {})}, capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


def _processor() -> str:
    try:
        with open("/proc/cpuinfo", encoding="utf-8") as file:
            names = [line.split(":", 1)[1].strip() for line in file if line.startswith("model name")]
    except OSError:
        names = []
    return names[0] if names else platform.processor() or "processor unknown"
