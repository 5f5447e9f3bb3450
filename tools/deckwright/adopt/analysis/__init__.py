"""Plain decks, analysed: verdicts on their fences, and the edits that make them executable."""
