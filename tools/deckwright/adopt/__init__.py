"""`deckwright adopt`: the changes that make a plain deck executable."""

from deckwright.adopt.pipeline import Adoption, adopt_deck

__all__ = ["Adoption", "adopt_deck"]
