"""The shared store: results that machines share, in a folder or at any address that fsspec knows.

`records/KEY/NAME.json` is a record, with the size and digest of its result; `results/NAME.json` is the result
with its pictures. What other machines wrote is not trusted: it is JSON with its own digest and name, and no
larger than it may be, or it counts as absent. After the first error, which is reported, the store is not used
any more; if only writing fails, it is still read.
"""

from __future__ import annotations

import errno
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import Future, wait
from functools import cached_property
from threading import Thread
from typing import Any, TypeVar

from deckwright.files import codec
from deckwright.files.digests import digest
from deckwright.frozen import dataclass
from deckwright.model import Record, Result
from deckwright.store.places import Place, place_at
from deckwright.store.stored import decoded, name_of, seal, unseal

LIST_SECONDS = 20.0
"""How long the store may take to list and read its records; some libraries would try for minutes."""

TRANSFER_SECONDS = 60.0
"""How long it may take to read or write a result with its pictures."""

RECORD_BYTES = 16 * 2**20
"""How large a record may be: that of a run that read a hundred thousand files."""

_NEVER_AGAIN = (errno.ENOSPC, errno.EDQUOT, errno.EROFS)
"""Errors that the next file would meet, too."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class SharedRun:
    """A record, and what tells its result from any other file."""

    record: Record
    result_bytes: int
    result_digest: str


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
        """Why the store cannot be used, or not be written, in words; empty if it can."""
        self._list_seconds = list_seconds
        self._transfer_seconds = transfer_seconds
        self._opener = opener
        self._is_used = self._is_written = True
        self._names: dict[str, set[str]] = {}
        """By key, the names of the records there that are not known to be damaged."""
        self._runs: dict[str, SharedRun] = {}
        """By name, the records that were read."""

    def records(self, keys: Iterable[str]) -> dict[str, list[Record]]:
        """Return the records of runs with these keys, by key."""
        keys = list(keys)
        self._list(keys)
        self._read_runs([(key, name) for key in keys for name in sorted(self._names.get(key, ()))])
        names = {key: sorted(self._names.get(key, ())) for key in keys}
        return {key: [self._runs[name].record for name in names[key]] for key in keys if names[key]}

    def has(self, record: Record) -> bool:
        self._list([record.key])
        return name_of(record) in self._names.get(record.key, ())

    def get(self, record: Record) -> Result | None:
        """Return the result of a run; None if it is absent or damaged."""
        name = name_of(record)
        if not self.has(record):
            return None
        self._read_runs([(record.key, name)])
        if not self.has(record):
            return None
        run = self._runs[name]
        path = _result_path(name)
        result = _result(record, run, self._read([path], run.result_bytes, self._transfer_seconds).get(path))
        if result is None:
            self._drop(record.key, name)
        return result

    def put(self, record: Record, result: Result) -> None:
        """Write a result and then the record of its run, unless they are there."""
        if self._is_written and not self.has(record) and self._is_used:
            self._try(lambda: self._write(record, result), None, self._transfer_seconds)

    def _write(self, record: Record, result: Result) -> None:
        name, data = name_of(record), seal([name_of(record), codec.encode(result)])
        run = SharedRun(record, len(data), digest(data))
        try:
            self._place.write(_result_path(name), data)
            self._place.write(_record_path(record.key, name), seal(codec.encode(run)))
        except OSError as error:  # it can still be read
            self._is_written = error.errno not in _NEVER_AGAIN
            self._report(error)
            return
        self._names.setdefault(record.key, set()).add(name)
        self._runs[name] = run

    def _list(self, keys: Iterable[str]) -> None:
        """Look which records there are of keys of which it is not known."""
        unknown = [key for key in keys if key not in self._names]
        if unknown:
            nothing: Mapping[str, Sequence[str]] = {}
            names = self._try(lambda: self._place.names(unknown), nothing, self._list_seconds)
            for key in unknown:
                self._names[key] = {name.removesuffix(".json") for name in names.get(key, ())}

    def _read_runs(self, places: Iterable[tuple[str, str]]) -> None:
        """Read the records of these keys and names; drop those that are damaged."""
        wanted = {_record_path(key, name): (key, name) for key, name in places if name not in self._runs}
        texts = self._read(list(wanted), RECORD_BYTES, self._list_seconds) if wanted else {}
        for path, (key, name) in wanted.items():
            run = decoded(SharedRun, unseal(texts.get(path)))
            if run and run.record.key == key and name_of(run.record) == name:
                self._runs[name] = run
            else:
                self._drop(key, name)

    def _read(self, paths: list[str], most_bytes: int, seconds: float) -> Mapping[str, bytes]:
        """Return the content of the files that can be read, by path."""
        return self._try(lambda: self._place.read(paths, most_bytes), {}, seconds)

    def _drop(self, key: str, name: str) -> None:
        """Treat a damaged file as absent, so that it is written again."""
        self._names.get(key, set()).discard(name)
        self._runs.pop(name, None)

    @cached_property
    def _place(self) -> Place:
        return place_at(*self._opener(self.address))

    def _try(self, action: Callable[[], T], otherwise: T, seconds: float) -> T:
        if not self._is_used:
            return otherwise
        try:
            return _in_time(action, seconds)
        except Exception as error:  # the libraries behind fsspec raise errors of their own
            self._is_used = False
            self._report(error)
            return otherwise

    def _report(self, error: Exception) -> None:
        """Say what is wrong, once."""
        self.trouble = self.trouble or " ".join(str(error).split()) or type(error).__name__


def _record_path(key: str, name: str) -> str:
    return f"records/{key}/{name}.json"


def _result_path(name: str) -> str:
    return f"results/{name}.json"


def _result(record: Record, run: SharedRun, data: bytes | None) -> Result | None:
    """Return the result in a file; None if it is not the one of a run."""
    if data is None or len(data) != run.result_bytes or digest(data) != run.result_digest:
        return None
    body = unseal(data)
    if not (isinstance(body, list) and len(body) == 2 and body[0] == name_of(record)):
        return None
    result = decoded(Result, body[1])
    return result if result and result.job == record.job else None


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
