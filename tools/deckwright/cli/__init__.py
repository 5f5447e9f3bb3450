"""The commands, one per file: each takes arguments, calls a pipeline, prints text and returns an exit code.

Heavy imports stay inside the commands that need them.
"""

from deckwright.cli.entry import cli, main

__all__ = ["cli", "main"]
