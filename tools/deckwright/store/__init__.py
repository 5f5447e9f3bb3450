"""Results on disk: whole or absent, kept while there is room, and shared between machines.

`store` has the interface, `index` the log of all entries, `stored` what they are and how they are written,
`prune` which are removed, `shared` the place where machines share results.
"""

from deckwright.store.store import Store
from deckwright.store.stored import BuildRecord, RenderRecord, name_of

__all__ = ["BuildRecord", "RenderRecord", "Store", "name_of"]
