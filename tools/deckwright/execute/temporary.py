"""The temporary folder of each job: a short path in the system's own folder, removed when the job has ended.

Not below build/: the sockets of `multiprocessing` lie in it, and their paths have a hundred bytes at most.
Results name the system's own folder in its place, as a student's run does.
"""

from __future__ import annotations

import json
import os
import stat
import tempfile
from contextlib import suppress
from dataclasses import replace
from itertools import count
from pathlib import Path

from deckwright.child.temporary import PREFIX
from deckwright.files import codec
from deckwright.files.scratch import Scratch
from deckwright.model import Result

_LONGEST = 70
"""Characters of a path to which `multiprocessing` adds 33 more for a socket: 104 are allowed on macOS."""


class TemporaryFolders:
    """Makes temporary folders for jobs. The next command removes what a killed one left."""

    def __init__(self) -> None:
        self._parent: Scratch | None = None
        self._numbers = count(1)

    def new(self) -> Path | None:
        """Return a new folder; None where there is no room for one: then a job uses the system's own."""
        with suppress(OSError):
            if self._parent is None or not self._parent.path.is_dir():
                self.close()
                self._parent = Scratch(_own_folder())
            folder = self._parent.path / str(next(self._numbers))
            if len(os.fsencode(folder)) <= _LONGEST:
                folder.mkdir(mode=0o700)
                return folder
        return None

    def close(self) -> None:
        """Remove them all."""
        if self._parent is not None:
            self._parent.close()
            self._parent = None


def _system_folder() -> Path:
    """Return the system's folder, as scripts find it."""
    return Path(os.environ.get("TMPDIR") or tempfile.gettempdir())


def _own_folder() -> Path:
    """Return a folder of this user's in the system's; raises OSError for one that is another's."""
    folder = Path(_system_folder(), f"{PREFIX}{os.getuid()}")
    with suppress(FileExistsError):
        folder.mkdir(mode=0o700)
    status = folder.lstat()
    if not stat.S_ISDIR(status.st_mode) or status.st_uid != os.getuid() or status.st_mode & 0o077:
        raise PermissionError(f"{folder} is not a folder of this user alone")
    return folder


def with_system_folder(result: Result, folder: Path | None) -> Result:
    """Return a result in which the system's folder stands wherever a job wrote the name of its own."""
    if folder is None:
        return result
    rest = replace(result, artifacts=(), reads={}, writes=frozenset())
    text, mark = json.dumps(codec.encode(rest)), _in_json(folder)
    if mark not in text:
        return result
    changed = codec.decode(Result, json.loads(text.replace(mark, _in_json(_system_folder()))))
    return replace(changed, artifacts=result.artifacts, reads=result.reads, writes=result.writes)


def _in_json(path: Path) -> str:
    return json.dumps(str(path))[1:-1]
