"""The shared store: results that machines share, in a folder or at any address that fsspec knows.

`records/KEY/NAME.json` is a record, `results/NAME.json` the result with its pictures. What other
machines wrote is not trusted: it is JSON with its own digest and name, or it counts as absent.
After the first error, which is reported, the store is not used any more.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Collection, Iterable, Mapping
from concurrent.futures import Future, wait
from functools import cached_property
from pathlib import Path
from threading import Thread
from typing import Any, TypeVar

from deckwright.files import codec
from deckwright.files.atomic import write_atomic
from deckwright.model import Record, Result
from deckwright.store.stored import decoded, name_of, seal, unseal

LIST_SECONDS = 20.0
"""How long the store may take to list and read its records; some libraries would try for minutes."""

TRANSFER_SECONDS = 60.0
"""How long it may take to read or write a result with its pictures."""

_RECORD = re.compile(r"records/([0-9a-z]+)/([0-9a-f]+)\.json$")

T = TypeVar("T")


def open_files(address: str) -> tuple[Any, str]:
    """Return fsspec's file system for an address, and the path in it."""
    from fsspec.core import url_to_fs  # takes 60 ms, so only those who share results pay for it

    files, root = url_to_fs(address)
    return files, root


class Shared:
    """A shared store, which is first used when something is stale. Raises nothing."""

    def __init__(
        self,
        address: str,
        list_seconds: float = LIST_SECONDS,
        transfer_seconds: float = TRANSFER_SECONDS,
        opener: Callable[[str], tuple[Any, str]] = open_files,
    ) -> None:
        """`address` is a path, or begins with a protocol such as `s3://`."""
        self.address = address
        self.trouble = ""
        """Why the store cannot be used, in words; empty if it can."""
        self._list_seconds = list_seconds
        self._transfer_seconds = transfer_seconds
        self._opener = opener

    def records(self, keys: Iterable[str]) -> dict[str, list[Record]]:
        """Return the records of runs with these keys, by key."""
        wanted = [(key, path) for key in keys for path in self._listing.get(key, {}).values()]
        texts = self._read([path for _, path in wanted], self._list_seconds)
        records: dict[str, list[Record]] = {}
        for key, path in wanted:
            record = decoded(Record, unseal(texts.get(path)))
            if record and record.key == key and path.endswith(f"/{name_of(record)}.json"):
                records.setdefault(key, []).append(record)
            else:
                self._drop(key, path)
        return records

    def has(self, record: Record) -> bool:
        return name_of(record) in self._listing.get(record.key, {})

    def get(self, record: Record) -> Result | None:
        """Return the result of a run; None if it is absent or damaged."""
        if not self.has(record):
            return None
        path = self._result_path(record)
        data = unseal(self._read([path], self._transfer_seconds).get(path))
        if isinstance(data, list) and len(data) == 2 and data[0] == name_of(record):
            result = decoded(Result, data[1])
            if result and result.job == record.job:
                return result
        self._drop(record.key, self._listing[record.key][name_of(record)])
        return None

    def put(self, record: Record, result: Result) -> None:
        """Write a result and then the record of its run, unless they are there."""
        if not (self.has(record) or self.trouble):
            self._try(lambda: self._write(record, result), None, self._transfer_seconds)

    def _write(self, record: Record, result: Result) -> None:
        self._write_file(self._result_path(record), seal([name_of(record), codec.encode(result)]))
        path = posixpath.join(self._opened[1], "records", record.key, f"{name_of(record)}.json")
        self._write_file(path, seal(codec.encode(record)))
        self._listing.setdefault(record.key, {})[name_of(record)] = path

    def _write_file(self, path: str, data: bytes) -> None:
        if self._is_local:
            write_atomic(Path(path), data)
            return
        files, _ = self._opened
        try:
            files.pipe_file(path, data)
        except FileNotFoundError:  # not an object store, so that it needs the folder
            files.makedirs(posixpath.dirname(path), exist_ok=True)
            files.pipe_file(path, data)

    def _read(self, paths: list[str], seconds: float) -> Mapping[str, bytes]:
        """Return the content of the files that can be read, by path."""
        if not paths:
            return {}
        return self._try(lambda: self._opened[0].cat(paths, on_error="omit"), {}, seconds)

    def _result_path(self, record: Record) -> str:
        return posixpath.join(self._opened[1], "results", f"{name_of(record)}.json")

    def _drop(self, key: str, path: str) -> None:
        """Treat a damaged file as absent, so that it is written again."""
        self._listing[key].pop(posixpath.basename(path).removesuffix(".json"), None)

    @cached_property
    def _listing(self) -> dict[str, dict[str, str]]:
        """The paths of all records there, by key and name."""
        paths: Collection[str] = self._try(self._find, (), self._list_seconds)
        listing: dict[str, dict[str, str]] = {}
        for path in paths:
            if match := _RECORD.search(path):
                listing.setdefault(match[1], {})[match[2]] = path
        return listing

    def _find(self) -> Any:
        files, root = self._opened
        if self._is_local and not files.isdir(root):
            # Not created: if a disk is not mounted, this one would be filled instead.
            raise FileNotFoundError("there is no such folder")
        return files.find(posixpath.join(root, "records"))

    @cached_property
    def _opened(self) -> tuple[Any, str]:
        return self._opener(self.address)

    @property
    def _is_local(self) -> bool:
        protocol = self._opened[0].protocol
        return "file" in ((protocol,) if isinstance(protocol, str) else protocol)

    def _try(self, action: Callable[[], T], otherwise: T, seconds: float) -> T:
        if self.trouble:
            return otherwise
        try:
            return _in_time(action, seconds)
        except Exception as error:  # the libraries behind fsspec raise errors of their own
            self.trouble = " ".join(str(error).split()) or type(error).__name__
            return otherwise


def _in_time(action: Callable[[], T], seconds: float) -> T:
    """Return what an action returns; raise TimeoutError if it takes too long."""
    future: Future[T] = Future()

    def act() -> None:
        try:
            future.set_result(action())
        except BaseException as error:
            future.set_exception(error)

    # A daemon thread: one that hangs must not keep the command from ending.
    Thread(target=act, daemon=True).start()
    if not wait([future], seconds).done:
        raise TimeoutError(f"it did not answer within {seconds:.0f} s")
    return future.result()
