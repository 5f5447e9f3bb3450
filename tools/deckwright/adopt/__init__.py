"""`deckwright adopt`: the changes that make a plain deck executable."""

from deckwright.adopt.pipeline import Adoption, Wanted, adopt_deck
from deckwright.adopt.trial import FENCE_SECONDS

__all__ = ["FENCE_SECONDS", "Adoption", "Wanted", "adopt_deck"]
