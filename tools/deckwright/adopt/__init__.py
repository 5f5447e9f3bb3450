"""`deckwright adopt`: the changes that make a plain deck executable, and a deck of a notebook."""

from deckwright.adopt.notebook import SUFFIX, adopt_notebook
from deckwright.adopt.pipeline import Adoption, Wanted, adopt_deck
from deckwright.adopt.trial import FENCE_SECONDS

__all__ = ["FENCE_SECONDS", "SUFFIX", "Adoption", "Wanted", "adopt_deck", "adopt_notebook"]
