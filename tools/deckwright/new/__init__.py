"""What `deckwright new` writes: a course to start from, and decks and snippets of an existing course."""
