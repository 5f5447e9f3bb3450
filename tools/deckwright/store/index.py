"""The log of runs, renderings and evidence: one sealed line per entry; the last one of a name counts."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Callable, Collection, Mapping
from pathlib import Path
from typing import Any

from deckwright.files.bounded import can_append, read_bounded_if_there
from deckwright.files.build_files import append, write_file
from deckwright.store.stored import seal, unseal

MOST_REPLACED = 1000
"""The log is rewritten when more lines than this have been replaced by later ones."""

INDEX_BYTES = 2**29
"""How large a log may be: that of some ten thousand runs. A larger one is damaged, and begins anew."""

Name = tuple[str, str, str]
"""Kind, group and name, such as `run`, the job's id and the digest of the run."""

_NAMED = re.compile(rb'[0-9a-f]+ \[("(?:[^"\\]|\\.)*","(?:[^"\\]|\\.)*","(?:[^"\\]|\\.)*"),.*\]', re.DOTALL)
"""A whole line, with its name as a group."""


class Index:
    """The log as a dictionary from names to JSON data, in the order of writing. Read at the first use.

    Of the lines, only the names are read before somebody asks for the data: of thousands, a command may need
    one. A writer holds the lock of the folder. Threads may share it.
    """

    def __init__(self, path: Path, most_replaced: int = MOST_REPLACED) -> None:
        self._path = path
        self._most_replaced = most_replaced
        self._known: dict[Name, Any] | None = None
        """The data; or the line, as bytes, that holds them."""
        self._groups: dict[tuple[str, str], dict[Name, None]] = {}
        self._replaced = 0
        self._lock = threading.RLock()

    def get(self, name: Name) -> Any:
        with self._lock:
            known = self._entries()
            data = known.get(name)
            if isinstance(data, bytes):
                whole = unseal(data)
                data = known[name] = whole[3] if isinstance(whole, list) else None
            return data

    def group(self, kind: str, group: str) -> list[Name]:
        """Return the names of all entries of a group, the newest first."""
        with self._lock:
            self._entries()
            return [*reversed(self._groups.get((kind, group), {}))]

    def names(self, kind: str) -> list[Name]:
        """Return the names of all entries of a kind, the newest last."""
        with self._lock:
            return [name for name in self._entries() if name[0] == kind]

    def put(self, name: Name, data: Any, sync: bool = False) -> None:
        """Append an entry."""
        self.put_all({name: data}, sync=sync)

    def put_all(
        self,
        entries: Mapping[Name, Any],
        is_kept: Callable[[Name], bool] = lambda name: True,
        sync: bool = False,
    ) -> None:
        """Append entries in one write: a killed build leaves whole lines.

        Where the log is rewritten, the other entries stay that are kept.
        """
        with self._lock:
            self._entries()
            if self._replaced > self._most_replaced or not can_append(self._path, INDEX_BYTES):
                self.keep({name for name in self.reload() if is_kept(name)})
            # A line break comes first, too, as the last line may have been cut short.
            append(self._path, b"\n" + b"".join(seal([*each, entries[each]]) for each in entries), sync)
            for name, data in entries.items():
                self._add(name, data)

    def reload(self) -> Collection[Name]:
        """Return the names of all entries, including those that other builds have added meanwhile."""
        with self._lock:
            self._known = None
            return self._entries().keys()

    def keep(self, names: Collection[Name]) -> None:
        """Rewrite the log with only these entries."""
        with self._lock:
            entries = ((name, self.get(name)) for name in [*self._entries()] if name in names)
            lines = (seal([*name, data]) for name, data in entries if data is not None)
            write_file(self._path, b"".join(lines), sync=True)
            self._known = None

    def _entries(self) -> dict[Name, Any]:
        if self._known is None:
            self._known, self._groups, self._replaced = {}, {}, 0
            for line in (read_bounded_if_there(self._path, INDEX_BYTES) or b"").split(b"\n"):
                if named := _NAMED.fullmatch(line):
                    kind, group, name = json.loads(b"[%b]" % named[1])
                    self._add((kind, group, name), line)
        return self._known

    def _add(self, name: Name, data: Any) -> None:
        known = self._entries()
        self._replaced += known.pop(name, None) is not None
        known[name] = data
        group = self._groups.setdefault(name[:2], {})
        group.pop(name, None)
        group[name] = None
