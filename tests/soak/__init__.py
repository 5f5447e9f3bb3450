"""A long day of `deckwright serve`: thousands of saves, many tabs, and what it uses meanwhile."""
