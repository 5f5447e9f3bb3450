"""Results on disk: whole or absent, kept while there is room, and shared between machines.

`store` has the interface, `index` the log of all entries, `seal` how they are written, `prune` which are
removed, `shared` the place where machines share results.
"""

from deckwright.store.store import BuildRecord, RenderRecord, Store
from deckwright.store.stored_run import name_of

__all__ = ["BuildRecord", "RenderRecord", "Store", "name_of"]
