"""Which of the project's files a job reads, as an audit hook sees it."""

from __future__ import annotations

import os
import sys
from typing import Any

_FOREIGN = {"build", "node_modules", "__pycache__"}
_TOOL = os.path.join(os.path.dirname(os.path.dirname(__file__)), "")
"""Our own package: tracebacks of a script may read its text."""


class Reads:
    """Notes every project file that Python opens for reading, and every project module."""

    def __init__(self, root: str, script: str) -> None:
        self._root = os.path.join(root, "")
        self._seen: set[str] = set()
        self._written: set[str] = {script}
        # Imported before the script: the server's modules and our own, no matter where they lie.
        self._before = set(sys.modules)
        sys.addaudithook(self._hook)

    def files(self) -> tuple[str, ...]:
        """Return the files so far, relative to the root, sorted."""
        found = self._seen | self._modules()
        return tuple(sorted(name for name in map(self._name, found) if name))

    def _hook(self, event: str, arguments: tuple[Any, ...]) -> None:
        if event == "open":
            self._opened(*arguments)

    def _opened(self, path: object, mode: object, flags: object) -> None:
        if not isinstance(path, (str, bytes)):
            return
        full = os.path.abspath(os.fsdecode(path))
        if not full.startswith(self._root):
            return
        if _reads(mode, flags):
            self._seen |= {full} - self._written
        else:
            # What the script made itself is no input of it.
            self._written.add(full)

    def _modules(self) -> set[str]:
        modules = [module for name, module in list(sys.modules.items()) if name not in self._before]
        files = (getattr(module, "__file__", None) for module in modules)
        return {file for file in files if isinstance(file, str)} - self._written

    def _name(self, path: str) -> str:
        """Return a project file's name relative to the root; empty for everything else."""
        if not path.startswith(self._root) or path.startswith((_TOOL, os.path.join(sys.prefix, ""))):
            return ""
        name = path[len(self._root) :].replace(os.sep, "/")
        hidden = any(part.startswith(".") or part in _FOREIGN for part in name.split("/")[:-1])
        return "" if hidden or not os.path.isfile(path) else name


def _reads(mode: object, flags: object) -> bool:
    if isinstance(mode, str):
        return not any(letter in mode for letter in "wax")
    access = flags if isinstance(flags, int) else 0
    return not access & (os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
