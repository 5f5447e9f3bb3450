"""Results that machines share, in a folder or at any address that fsspec knows.

`records/KEY/NAME.json` is a record, `results/NAME.json` the result with its pictures. What is read
there comes from other machines: it is JSON under its own digest and name, or it counts as absent.
Whatever goes wrong is told once; from then on the place is left alone.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Collection, Iterable, Mapping
from functools import cached_property
from pathlib import Path
from threading import Thread
from typing import Any, TypeVar

from deckwright.files import codec
from deckwright.files.atomic import write_atomic
from deckwright.model import Record, Result
from deckwright.store.seal import decoded, seal, unseal
from deckwright.store.stored_run import name_of

PATIENCE_SECONDS = 20.0
"""How long the place may take to say what it has; some libraries would try for minutes."""

CARRIAGE_SECONDS = 60.0
"""How long a result with its pictures may take, in either direction."""

_RECORD = re.compile(r"records/([0-9a-z]+)/([0-9a-f]+)\.json$")

T = TypeVar("T")


class Shared:
    """One place; it is asked when something is stale, and not before. Raises nothing."""

    def __init__(self, address: str) -> None:
        """`address` is a path, or begins with a protocol such as `s3://`."""
        self.address = address
        self.trouble = ""
        """Why the place is left alone, in words; empty while all is well."""

    def records(self, keys: Iterable[str]) -> dict[str, list[Record]]:
        """Return the records of runs with these keys, by key."""
        wanted = [(key, path) for key in keys for path in self._listing.get(key, {}).values()]
        texts = self._read([path for _, path in wanted], PATIENCE_SECONDS)
        found: dict[str, list[Record]] = {}
        for key, path in wanted:
            record = decoded(Record, unseal(texts.get(path)))
            if record and record.key == key and path.endswith(f"/{name_of(record)}.json"):
                found.setdefault(key, []).append(record)
            else:
                self._miss(key, path)
        return found

    def has(self, record: Record) -> bool:
        return name_of(record) in self._listing.get(record.key, {})

    def get(self, record: Record) -> Result | None:
        """Return the result of a run; None when it is absent or not exactly what was put."""
        if not self.has(record):
            return None
        path = self._result_path(record)
        data = unseal(self._read([path], CARRIAGE_SECONDS).get(path))
        if isinstance(data, list) and len(data) == 2 and data[0] == name_of(record):
            result = decoded(Result, data[1])
            if result and result.job == record.job:
                return result
        self._miss(record.key, self._listing[record.key][name_of(record)])
        return None

    def put(self, record: Record, result: Result) -> None:
        """Keep a result and the record of its run, if they are not there; the record last."""
        if not (self.has(record) or self.trouble):
            self._try(lambda: self._write(record, result), None, CARRIAGE_SECONDS)

    def _write(self, record: Record, result: Result) -> None:
        self._write_file(self._result_path(record), seal([name_of(record), codec.encode(result)]))
        path = posixpath.join(self._root, "records", record.key, f"{name_of(record)}.json")
        self._write_file(path, seal(codec.encode(record)))
        self._listing.setdefault(record.key, {})[name_of(record)] = path

    def _write_file(self, path: str, data: bytes) -> None:
        if self._is_local:
            write_atomic(Path(path), data)
            return
        try:
            self._files.pipe_file(path, data)
        except FileNotFoundError:  # no object store, then: there, folders are not made
            self._files.makedirs(posixpath.dirname(path), exist_ok=True)
            self._files.pipe_file(path, data)

    def _read(self, paths: list[str], seconds: float) -> Mapping[str, bytes]:
        """Return what these files hold, by path; what cannot be read is left out."""
        nothing: dict[str, bytes] = {}
        if not paths:
            return nothing
        return self._try(lambda: self._files.cat(paths, on_error="omit"), nothing, seconds)

    def _result_path(self, record: Record) -> str:
        return posixpath.join(self._root, "results", f"{name_of(record)}.json")

    def _miss(self, key: str, path: str) -> None:
        """Take what is damaged for absent, so that it is written again."""
        self._listing[key].pop(posixpath.basename(path).removesuffix(".json"), None)

    @cached_property
    def _listing(self) -> dict[str, dict[str, str]]:
        """The paths of all records there, by key and name."""
        paths: Collection[str] = self._try(self._find, (), PATIENCE_SECONDS)
        found: dict[str, dict[str, str]] = {}
        for path in paths:
            if match := _RECORD.search(path):
                found.setdefault(match[1], {})[match[2]] = path
        return found

    def _find(self) -> Collection[str]:
        if self._is_local and not self._files.isdir(self._root):
            # Not made by us: a disk that is not mounted would be filled in its place.
            raise FileNotFoundError("there is no such folder")
        found: Collection[str] = self._files.find(posixpath.join(self._root, "records"))
        return found

    @cached_property
    def _place(self) -> tuple[Any, str]:
        from fsspec.core import url_to_fs  # takes 60 ms, which only who shares results pays

        files, root = url_to_fs(self.address)
        return files, root

    @property
    def _files(self) -> Any:
        return self._place[0]

    @property
    def _root(self) -> str:
        return self._place[1]

    @property
    def _is_local(self) -> bool:
        protocol = self._files.protocol
        return "file" in ((protocol,) if isinstance(protocol, str) else protocol)

    def _try(self, action: Callable[[], T], otherwise: T, seconds: float) -> T:
        if self.trouble:
            return otherwise
        try:
            return _in_time(action, seconds)
        except Exception as error:  # any of fsspec's many libraries may raise any of its own
            self.trouble = " ".join(str(error).split()) or type(error).__name__
            return otherwise


def _in_time(action: Callable[[], T], seconds: float) -> T:
    """Return what an action gives within the time that it has; raise TimeoutError if it takes more."""
    answers: list[T] = []
    errors: list[BaseException] = []

    def act() -> None:
        try:
            answers.append(action())
        except BaseException as error:
            errors.append(error)

    # A daemon: one that hangs must not keep the command from ending.
    thread = Thread(target=act, daemon=True)
    thread.start()
    thread.join(seconds)
    for error in errors:
        raise error
    if not answers:
        raise TimeoutError(f"it did not answer within {seconds:.0f} s")
    return answers[0]
