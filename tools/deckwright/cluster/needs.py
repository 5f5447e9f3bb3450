"""What jobs need of the project, for workers that do not share its folder."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable, Mapping
from pathlib import Path

from deckwright.cluster.digests import KnownDigests
from deckwright.errors import ClusterError
from deckwright.files.digests import ABSENT
from deckwright.model import KIND_MARK, VARIABLE_MARK, Job

_LIMIT_BYTES = 2**30
"""How much is sent for a job: more belongs on a disk that all machines see."""


class Needs:
    """The files and folders that jobs need: those that their last run read, and those that they lacked."""

    def __init__(
        self, root: Path, digests: KnownDigests, read_before: Callable[[str], Collection[str]]
    ) -> None:
        self._root = root
        self._digests = digests
        self._read_before = read_before
        self._lacked: dict[str, set[str]] = {}
        """By job, what its runs looked for besides."""
        self._paths: dict[str, Path] = {}
        """Where the content of a digest is."""

    def of(self, job: Job) -> tuple[dict[str, str], dict[str, tuple[str, ...]]]:
        """Return digests of files and the names in folders, by path."""
        wanted = {job.script, *job.options.data, *self._read_before(job.id), *self._lacked.get(job.id, ())}
        folders = {
            path: names for path in map(_folder, filter(_is_sent, wanted)) if (names := self._names(path))
        }
        inside = {folder + name for folder, names in folders.items() for name in names if name[-1] != "/"}
        files = {path.removesuffix(KIND_MARK) for path in filter(_is_sent, wanted)}
        files = {path for path in files if not path.endswith("/") and not (self._root / path).is_dir()}
        return self.digests(sorted({*files, *inside})), folders

    def lack(self, job: Job, there: Mapping[str, str]) -> bool:
        """Take what a run read and its digests; return whether some of it differs that can be sent."""
        differing = {path for path, digest in there.items() if self._digests.digest(path) != digest}
        known = self._lacked.setdefault(job.id, set())
        new = set(filter(_is_sent, differing)) - known
        known |= new
        return bool(new)

    def digests(self, paths: Iterable[str]) -> dict[str, str]:
        """Return the digest of each file, and remember where its content is."""
        digests = {path: self._digests.digest(path) for path in paths}
        self._paths |= {digest: self._root / path for path, digest in digests.items() if digest != ABSENT}
        return digests

    def contents(self, digests: Iterable[str], subject: str) -> dict[str, bytes]:
        """Return contents by digest; raises ClusterError if there is too much, or a file is gone."""
        paths = {digest: self._paths[digest] for digest in digests}
        try:
            if sum(path.stat().st_size for path in paths.values()) > _LIMIT_BYTES:
                hint = "put the project into a folder that all machines of the cluster see"
                raise ClusterError(f"{subject} needs more than 1 GiB of files", hint)
            return {digest: path.read_bytes() for digest, path in paths.items()}
        except OSError as error:
            raise ClusterError(f"a file for {subject} cannot be read: {error}", "build again") from None

    def _names(self, folder: str) -> tuple[str, ...]:
        """Return the names in a folder, those of folders with a slash."""
        if not folder:
            return ()
        try:
            entries = sorted(os.scandir(self._root / folder), key=lambda entry: entry.name)
        except OSError:
            return ()
        return tuple(f"{entry.name}/" if entry.is_dir() else entry.name for entry in entries)


def _is_sent(path: str) -> bool:
    """Whether a path that a run read is in the project: a worker has variables and other files of its own."""
    return not (path.startswith((VARIABLE_MARK, "../")) or os.path.isabs(path))


def _folder(path: str) -> str:
    """Return the folder, with a slash, whose names a question is about; empty for one about a file."""
    return path.removesuffix(".") if path.endswith(("/", KIND_MARK)) else ""
