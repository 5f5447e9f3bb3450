"""The sentences that say why a script reruns, or why it does not."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from deckwright.files.digests import ABSENT, ALL_PACKAGES, CHANGED_MEANWHILE, SYNTAX
from deckwright.model import Record
from deckwright.plan.keys import same_reads


@dataclass(frozen=True, slots=True)
class CurrentState:
    """How things stand that a result depends on."""

    python: str
    """The interpreter, and our code that captures results."""
    packages: Mapping[str, str]
    """Versions of all installed distributions."""
    device_for: Callable[[str], str | None]
    """The device that a wish gets; None: absent here."""
    digest_of: Callable[[str], str]
    """The digest of a file."""
    syntax_of: Callable[[str], str]
    """The digest of a module's code."""


_CHANGED = {
    "code": "its code changed",
    "options": "its options changed",
    "python": "Python or Deckwright changed",
    "device": "it would run on another device",
    "figures": "the decks ask for other figures",
}


TAKEN = "taken from the shared store"


def _difference(parts: Mapping[str, str], record: Record, now: CurrentState) -> str:
    """Return in words what differs first from how it was when the record was made; empty for nothing."""
    for name, part in parts.items():
        if record.parts.get(name) != part:
            return _CHANGED[name]
    for name, version in record.packages.items():
        if now.packages.get(name) != version:
            if name == ALL_PACKAGES:
                return f"other packages are installed, and {record.job} lacked one"
            return f"{name} {version} became {now.packages.get(name, 'absent')}, needed by {record.job}"
    digests = {
        path: now.syntax_of(path) if known.startswith(SYNTAX) else now.digest_of(path)
        for path, known in record.reads.items()
    }
    if paths := same_reads(record.reads, digests):
        return f"{paths[0]} {_became(record.reads[paths[0]], digests[paths[0]])}, read by {record.job}"
    return ""


def _became(before: str, after: str) -> str:
    if before == CHANGED_MEANWHILE:
        return "changed while it ran"
    if ABSENT in (before, after):
        return "is gone" if after == ABSENT else "is new"
    return "changed"
