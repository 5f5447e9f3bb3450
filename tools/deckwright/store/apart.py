"""A store whose runs are in another one: what is made of them lies apart."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path

from deckwright.model import Record, Result
from deckwright.store.store import Store


class StoreApart(Store):
    """Renderings, builds and evidence in a folder of their own; runs in the folder of another store."""

    def __init__(self, folder: Path, runs: Store) -> None:
        super().__init__(folder)
        self._other = runs

    def records(self, job: str) -> Iterator[Record]:
        return self._other.records(job)

    def get(self, record: Record) -> Result | None:
        return self._other.get(record)

    def put(self, record: Record, result: Result) -> None:
        self._other.put(record, result)

    def shared_records(self, keys: Sequence[str]) -> Mapping[str, Sequence[Record]]:
        return self._other.shared_records(keys)

    def share(self, record: Record, result: Result) -> None:
        self._other.share(record, result)

    @property
    def trouble(self) -> str:
        return self._other.trouble

    def prune(self, needed: Collection[Record], decks: Collection[str], limit_bytes: int) -> int:
        """Remove what is remembered of other decks; runs stay, as the other store knows who needs them."""
        return super().prune((), decks, limit_bytes)
