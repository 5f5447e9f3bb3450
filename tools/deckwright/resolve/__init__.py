"""Decks + scripts -> `Course`: the target of every reference, or a diagnostic."""

from deckwright.resolve.resolve import quoted_files, resolve, resolve_scripts, wanted_diagrams, wanted_scripts
from deckwright.resolve.smoke import with_smoke
from deckwright.resolve.themes import theme_names

__all__ = [
    "quoted_files",
    "resolve",
    "resolve_scripts",
    "theme_names",
    "wanted_diagrams",
    "wanted_scripts",
    "with_smoke",
]
