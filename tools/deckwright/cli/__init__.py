"""The commands, one a file: arguments in, a pipeline called, text out, an exit code.

Heavy imports stay inside the commands that need them.
"""

from deckwright.cli.entry import cli, main

__all__ = ["cli", "main"]
