"""What is remembered of a run, and how it is named."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

from deckwright.files.digests import digest
from deckwright.model import Record


@dataclass(frozen=True, slots=True)
class StoredRun:
    """A record, and the files that hold the result."""

    record: Record
    files: Mapping[str, int]
    """Size in bytes of each, by path below the store's folder."""


def name_of(record: Record) -> str:
    """Return the name of a run's result: runs with the same key may have read different files."""
    return digest(json.dumps([record.key, sorted(record.reads.items()), sorted(record.packages.items())]))
