"""Scratch folders: what one command needs while it runs. The next command removes those of killed ones."""

from __future__ import annotations

import math
import os
import re
import shutil
import stat
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Self

from deckwright.files.locks import locked, remove_unless_locked, try_lock
from deckwright.files.system_errors import errors_about

_PREFIX = "run-"
_NAME = re.compile(rf"{_PREFIX}[a-z0-9_]{{8}}")
"""What `tempfile` makes of the prefix."""


class Scratch:
    """A new folder below `parent`, removed when its context is left."""

    def __init__(self, parent: Path) -> None:
        with errors_about(parent):
            self._make(parent)

    def _make(self, parent: Path) -> None:
        parent.mkdir(parents=True, exist_ok=True)
        with locked(parent, math.inf):
            remove_ended(parent)
            self.path = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=parent)).resolve()
            # Locked until the process ends, so that the next one knows whether it may remove the folder.
            self._lock = os.open(self.path, os.O_RDONLY | os.O_CLOEXEC)
            try_lock(self._lock)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def close(self) -> None:
        """Remove the folder and all that is in it."""
        remove_tree(self.path)
        os.close(self._lock)


def remove_ended(parent: Path) -> None:
    """Remove the scratch folders of commands that have ended; others below `parent` are not ours."""
    for folder in parent.glob(f"{_PREFIX}*"):
        if _NAME.fullmatch(folder.name):
            remove_unless_locked(folder, remove_tree, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)


def remove_tree(folder: Path) -> None:
    """Remove a folder as far as that is allowed, also what a script has locked against itself."""
    shutil.rmtree(folder, onerror=_unlock)
    shutil.rmtree(folder, ignore_errors=True)


def _unlock(function: object, path: str, error: object) -> None:
    with suppress(OSError):
        for each in (os.path.dirname(path), path):
            if stat.S_ISDIR(os.lstat(each).st_mode):
                os.chmod(each, stat.S_IRWXU)
