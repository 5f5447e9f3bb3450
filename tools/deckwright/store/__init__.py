"""Results on disk: whole or absent, kept while there is room, and shared between machines.

`store` is the door; `index` is the log of what is there, `folder` and `seal` how it is written, `prune`
what is forgotten, `shared` the place where machines share results.
"""

from deckwright.store.folder import unchanged, write_atomic
from deckwright.store.store import BuildRecord, RenderRecord, Store
from deckwright.store.stored_run import name_of

__all__ = ["BuildRecord", "RenderRecord", "Store", "name_of", "unchanged", "write_atomic"]
