"""Results on disk: whole or absent, kept while there is room, and shared between machines.

`store` has the interface, `index` the log of all entries, `stored` what they are and how they are written,
`prune` which are removed, `shared` the place where machines share results, `apart` a store for other pages of
the same runs.
"""

from deckwright.store.apart import StoreApart
from deckwright.store.store import Store
from deckwright.store.stored import BuildRecord, RenderRecord, name_of

__all__ = ["BuildRecord", "RenderRecord", "Store", "StoreApart", "name_of"]
