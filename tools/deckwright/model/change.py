"""Changes of the author's files, before they are written."""

from __future__ import annotations

from deckwright.frozen import dataclass


@dataclass(frozen=True, slots=True)
class Change:
    """A source file that accepting results would change."""

    before: bytes | None
    """What it held when the results were made; None if it was not there."""
    after: bytes
    note: str = ""
    """How a picture differs, where that is known."""
