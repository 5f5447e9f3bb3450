"""Which runs to remove so that the rest fits the limit: the least recently used go first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping

from deckwright.store.index import Name

Files = Mapping[str, int]
"""Size in bytes of each file of a run's result, by path below the store's folder."""


def size_bytes(runs: Mapping[Name, Files]) -> int:
    """Return the size of all results; runs may share files."""
    return sum({path: size for files in runs.values() for path, size in files.items()}.values())


def surplus(runs: Mapping[Name, Files], needed: Collection[Name], limit_bytes: int) -> frozenset[Name]:
    """Return the runs to remove; `runs` are in the order of their last use."""
    uses = Counter(path for files in runs.values() for path in files)
    rest_bytes = size_bytes(runs)
    chosen = set()
    for name in _least_used_first(runs):
        if rest_bytes <= limit_bytes:
            break
        if name not in needed:
            chosen.add(name)
            uses.subtract(list(runs[name]))
            rest_bytes -= sum(size for path, size in runs[name].items() if not uses[path])
    return frozenset(chosen)


def _least_used_first(runs: Mapping[Name, Files]) -> Iterator[Name]:
    """Yield the runs that a later one of their job replaced, in the order of replacement; then the rest."""
    last: dict[str, Name] = {}
    for name in runs:
        if name[1] in last:
            yield last[name[1]]
        last[name[1]] = name
    yield from last.values()
