"""`deckwright adopt`: the changes that make a plain deck executable."""

from deckwright.adopt.pipeline import Adoption, Extras, adopt_deck

__all__ = ["Adoption", "Extras", "adopt_deck"]
