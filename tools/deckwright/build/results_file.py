"""Results in one file, for machines that no shared store connects: a shared store in a zip file."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

from deckwright.build.context import Context
from deckwright.build.pipeline import latest, plan_decks
from deckwright.errors import ConfigError
from deckwright.files.archives import archive_of
from deckwright.files.atomic import write_atomic
from deckwright.files.scratch import Scratch
from deckwright.frozen import dataclass
from deckwright.model import Diagnostic
from deckwright.store import Store
from deckwright.store.shared import RECORD_BYTES, Shared

_NAME = re.compile(r"records/[0-9a-z]+/[0-9a-f]+\.json|results/[0-9a-f]+\.json")
_RESULT_BYTES = 2**30
"""How large a result with its pictures may be."""
_RESULTS = "results/"
"""Begins the path of each result in the file."""


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of the results in a file."""

    taken: tuple[str, ...]
    """The jobs whose results were taken."""
    others: int
    """How many are of scripts, options or versions that this project does not have, or are damaged."""


def export_results(context: Context, path: Path) -> int:
    """Write the results that are true now into a file; return how many. Runs nothing."""
    _, plan, results = latest(context)
    with Scratch(context.build / ".scratch") as scratch:
        folder = Store(scratch.path / "none", Shared(str(scratch.path)))
        for step in plan.steps:
            if step.record and step.job.id in results:
                folder.share(step.record, results[step.job.id])
        files = {file.relative_to(scratch.path).as_posix(): file for file in scratch.path.rglob("*.json")}
        write_atomic(path, archive_of({name: file.read_bytes() for name, file in files.items()}))
        return sum(name.startswith(_RESULTS) for name in files)


def import_results(context: Context, path: Path) -> tuple[Imported, tuple[Diagnostic, ...]]:
    """Put the results in a file into the store, each that is whole and of a job that the project has.

    Whether one is true here is for the next plan to say, as with all results. Raises ConfigError for a file
    that is no such one.
    """
    plan, diagnostics = plan_decks(context)
    keys = [step.key for step in plan.steps] if plan else []
    with Scratch(context.build / ".scratch") as scratch:
        count = _unzip(path, scratch.path)
        shared, store = Shared(str(scratch.path)), context.ports.store
        taken = []
        for record in (record for records in shared.records(keys).values() for record in records):
            if result := shared.get(record):
                store.put(record, result)
                taken.append(record.job)
    return Imported(tuple(sorted(taken)), count - len(taken)), diagnostics


def _unzip(path: Path, folder: Path) -> int:
    """Put the files of an archive into a folder, no others; return how many results are among them."""
    try:
        with zipfile.ZipFile(path) as archive:
            members = list(_members(archive))
            for member in members:
                file = folder / member.filename
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_bytes(archive.read(member))
    except (zipfile.BadZipFile, EOFError, ValueError) as error:
        raise ConfigError(
            f"{path} has no results: {error}", "make it with: deckwright results export"
        ) from None
    return sum(member.filename.startswith(_RESULTS) for member in members)


def _members(archive: zipfile.ZipFile) -> Iterator[zipfile.ZipInfo]:
    """Yield what may be a record or a result; raises ValueError for any other file."""
    for member in archive.infolist():
        most = _RESULT_BYTES if member.filename.startswith(_RESULTS) else RECORD_BYTES
        if not _NAME.fullmatch(member.filename) or member.file_size > most:
            raise ValueError(f"{member.filename!r} is none")
        yield member
