"""The job's append-only diary: one JSON line an event, readable after any kind of death.

Events: `start` (with the memory that the process has before the script), `at` (a statement
starts; with the sizes of both outputs so far), `display`, `raised`, `artifact`, `failure` and,
last of all, `end`. A line without its newline was cut off and does not
count; a journal without `end` belongs to a job that did not finish.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

from deckwright.child.task import JOURNAL

_APPEND = os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC


class Journal:
    """Writes events; silent in processes that the job itself forks."""

    def __init__(self, folder: str) -> None:
        self._file = os.open(os.path.join(folder, JOURNAL), _APPEND, 0o600)
        self._owner = os.getpid()
        self.failed = False

    @property
    def owned(self) -> bool:
        """Whether this process is the job itself, not one that it forked."""
        return os.getpid() == self._owner

    def write(self, event: str, **detail: Any) -> None:
        if self.owned:
            line = json.dumps({"event": event, **detail}) + "\n"
            os.write(self._file, line.encode("ascii"))

    def fail(self, kind: str, message: str, statement: int | None, **detail: Any) -> None:
        """Note what went wrong; the first failure of a job is the one that is told."""
        if not self.failed:
            self.failed = True
            self.write("failure", kind=kind, message=message, statement=statement, **detail)


def read_journal(folder: Path) -> list[dict[str, Any]]:
    """Return the whole events of a job's journal, oldest first."""
    try:
        lines = (folder / JOURNAL).read_bytes().split(b"\n")[:-1]
    except OSError:
        return []
    events = []
    for line in lines:
        try:
            events.append(json.loads(line))
        except ValueError:
            break
    return events
