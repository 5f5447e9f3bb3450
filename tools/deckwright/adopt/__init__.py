"""`adopt`: read a plain deck, try it, mark it, render it; say what would change."""

from deckwright.adopt.pipeline import Adoption, Extras, adopt_deck

__all__ = ["Adoption", "Extras", "adopt_deck"]
