"""Text of the author -> `Deck` and `Script`. Never raises on what an author wrote."""

from deckwright.parse.deck import parse_deck
from deckwright.parse.diagrams import parse_diagram
from deckwright.parse.script import parse_script
from deckwright.parse.text_file import parse_text_file

__all__ = ["parse_deck", "parse_diagram", "parse_script", "parse_text_file"]
