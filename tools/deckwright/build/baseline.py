"""Faults that an old course had when it was first checked: they are let pass, and may only become fewer."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import field

from deckwright.errors import ConfigError
from deckwright.files.digests import digest_of
from deckwright.frozen import dataclass
from deckwright.model import Diagnostic, Severity

FILE = "deckwright-baseline.json"
"""Where it lies, at the project's root."""

_FORMAT = 2


@dataclass(frozen=True, slots=True)
class Baseline:
    """How many faults of each sort are known, by file and fingerprint."""

    known: Mapping[str, Mapping[str, int]] = field(default_factory=dict)

    @property
    def size(self) -> int:
        return sum(count for faults in self.known.values() for count in faults.values())

    def within(self, paths: Collection[str]) -> Baseline:
        """Return what is known of these files alone."""
        return Baseline({path: faults for path, faults in self.known.items() if path in paths})


def baseline_of(found: Iterable[Diagnostic]) -> Baseline:
    """Return the baseline that lets all of these errors pass."""
    counts: dict[str, Counter[str]] = {}
    for diagnostic in found:
        if diagnostic.severity is Severity.ERROR:
            faults, sort = counts.setdefault(diagnostic.location.path, Counter()), _fingerprint(diagnostic)
            faults[sort] = 1 if diagnostic.cause else faults[sort] + 1
    return Baseline({path: dict(sorted(faults.items())) for path, faults in sorted(counts.items())})


def renewed(old: Baseline, looked_at: Collection[str], found: Iterable[Diagnostic]) -> Baseline:
    """Return a baseline that knows what was found, and of files that were not looked at what it knew."""
    kept = old.within(old.known.keys() - set(looked_at)).known
    return Baseline(dict(sorted({**kept, **baseline_of(found).known}.items())))


def new_diagnostics(baseline: Baseline, found: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Return what a baseline does not know; of more faults of a sort than it knows, the last ones.

    A cause that it knows passes wherever it is in the file.
    """
    left = {path: Counter(faults) for path, faults in baseline.known.items()}
    new = []
    for diagnostic in found:
        faults, sort = left.get(diagnostic.location.path, Counter[str]()), _fingerprint(diagnostic)
        if diagnostic.severity is Severity.ERROR and faults[sort] > 0:
            faults[sort] -= not diagnostic.cause
        else:
            new.append(diagnostic)
    return tuple(new)


def read_baseline(data: bytes) -> Baseline:
    """Read a file; raises ConfigError if it is none of ours."""
    try:
        content = json.loads(data)
        if content["format"] != _FORMAT:
            raise ValueError(f"format {content['format']}")
        known = {
            str(path): {str(sort): int(count) for sort, count in faults.items()}
            for path, faults in content["known"].items()
        }
    except (ValueError, LookupError, TypeError, AttributeError) as error:
        hint = "delete it, and make a new one: deckwright check --update-baseline"
        raise ConfigError(f"{FILE} cannot be read: {error}", hint) from None
    return Baseline(known)


def baseline_file(baseline: Baseline) -> bytes:
    """Return the content of the file: one line a fault, so that its history can be read."""
    return (json.dumps({"format": _FORMAT, "known": baseline.known}, indent=1) + "\n").encode()


def _fingerprint(diagnostic: Diagnostic) -> str:
    """Name a sort of diagnostic: the same although lines move, slides are added and messages change.

    What has a cause is one fault, on however many slides of a deck.
    """
    cause = diagnostic.cause
    about = [cause.name] if cause else [diagnostic.subject, diagnostic.source.strip()]
    return f"{diagnostic.slug} {digest_of(about)[:12]}"
