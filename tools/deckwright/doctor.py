"""What this machine has, what is missing, and the line that mends it."""

from __future__ import annotations

import importlib.metadata
import platform
import sys
from collections.abc import Iterator

from deckwright.devices import find
from deckwright.model import Finding

_OLDEST_PYTHON = (3, 11)


def findings() -> tuple[Finding, ...]:
    """Look at everything that a build needs. Installs nothing, never raises."""
    from deckwright.marp.toolchain import findings as tools

    return (_python(), *_packages(), _devices(), *tools())


def _python() -> Finding:
    good = sys.version_info >= _OLDEST_PYTHON
    return Finding(
        "Python",
        f"{platform.python_version()} ({sys.executable})",
        good,
        "" if good else "install Python 3.11 or later",
    )


def _packages() -> Iterator[Finding]:
    for name in ("torch", "torchvision", "matplotlib"):
        try:
            yield Finding(name, importlib.metadata.version(name), True, "")
        except importlib.metadata.PackageNotFoundError:
            yield Finding(name, "not installed", False, f"{sys.executable} -m pip install {name}")


def _devices() -> Finding:
    return Finding("devices", ", ".join(find()), True, "")
