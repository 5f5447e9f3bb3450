"""Deck + results -> what readers see: the expanded deck, and the sources with results accepted.

`compose` makes the deck that Marp renders, `accept` what `sync` writes back; `show` says what one
reference shows. Below them: `terminal` (printed text without its control characters), `table` (HTML
tables as Markdown), `escape` (text that opens nothing), `compare` (does the accepted text still agree?).
"""
