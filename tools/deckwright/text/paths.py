"""Paths as decks write them, and as the project has them."""

from __future__ import annotations

import posixpath
import re

SNIPPETS, FIGURES = "snippets", "figures"
"""The folders of scripts, and of accepted pictures and what draws them."""

COPY_INSIDE = "copy it into the project's folder, and name it relative to the deck"
"""The hint for a file that must be in the project."""

COPY_OR_ALLOW = f"{COPY_INSIDE}; or let pages have it: allow_paths in [tool.deckwright] names its folder"
"""The hint for a file that pages do not get because it is outside of the project."""


def in_project(deck: str, path: str) -> str:
    """Return a path that a deck names, relative to the project."""
    return posixpath.normpath(posixpath.join(posixpath.dirname(deck), path))


def from_deck(deck: str, path: str) -> str:
    """Return a path of the project as a deck names it."""
    return posixpath.relpath(path, posixpath.dirname(deck) or ".")


def figure_folder(script: str) -> str:
    """Return the folder of the pictures that a script's labels name: `figures/a` for `snippets/a/b.py`."""
    first, *folders = script.split("/")[:-1] or [""]
    return "/".join((FIGURES, *folders)) if first in (SNIPPETS, FIGURES) else FIGURES


def is_in_figures(path: str) -> bool:
    """Whether a file lies in a folder of accepted pictures, or below it."""
    return FIGURES in path.split("/")[:-1]


def slug(text: str) -> str:
    """Return the Latin words and numbers of a text in lower case, joined by hyphens."""
    return "-".join(re.findall(r"[a-z0-9]+", text.lower())[:6])


def is_utf8(path: str) -> bool:
    """Whether a path is text in UTF-8, which all our tools can name."""
    return not any("\ud800" <= character <= "\udfff" for character in path)


def is_outside(path: str) -> bool:
    """Whether a path, relative to the project, leads out of its folder as it is written."""
    return path.startswith(("../", "/")) or path == ".."


def how_outside(path: str) -> str:
    """Return how a file is outside of the project, in words behind its path."""
    return "lies outside of the project" if is_outside(path) else "is behind a link that leaves the project"
