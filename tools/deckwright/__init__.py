"""Deckwright: lecture decks whose code, outputs, pictures and numbers are proved."""

__version__ = "0.1.0"
