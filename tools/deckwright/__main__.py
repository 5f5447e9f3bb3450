"""`python -m deckwright` is the `deckwright` command."""

from deckwright.cli import main

main()
