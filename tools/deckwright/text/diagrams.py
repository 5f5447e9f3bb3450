"""What the text of a diagram tells without being drawn: its language, and its own words for readers."""

from __future__ import annotations

import posixpath
import re

LANGUAGES = ("mermaid", "dot")
"""The languages of fences that are drawn."""

SUFFIXES = {"mmd": "mermaid", "mermaid": "mermaid", "dot": "dot", "gv": "dot"}
"""The language of a file, by its suffix."""

_TITLES = tuple(re.compile(rf"^[ \t]*{name}[ \t]*:(.*)$", re.MULTILINE) for name in ("accTitle", "accDescr"))


def language_of(path: str) -> str:
    """Return the language of a file that is drawn; empty for any other file."""
    return SUFFIXES.get(posixpath.splitext(path)[1].removeprefix(".").lower(), "")


def title_of(language: str, text: str) -> str:
    """Return what a diagram says of itself; empty if it says nothing."""
    found = (title.search(text) for title in _TITLES if language == "mermaid")
    return next(filter(None, (match[1].strip() for match in found if match)), "")
