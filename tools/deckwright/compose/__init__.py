"""Deck + results -> the expanded deck, and the deck with its results accepted.

`compose` makes the deck that Marp renders, `accept` the text that `sync` writes; `show` gives the content
of one reference. Below them: `terminal` (printed text without control characters), `table` (HTML tables
as Markdown), `escape` (text without markup), `fences` (fences rebuilt), `compare` (accepted and fresh text).
"""
