"""A course to start from: a lecture that builds, its theme, settings and workflows."""

from __future__ import annotations

import os
from pathlib import Path

from deckwright.errors import ConfigError
from deckwright.files.new_files import write_new
from deckwright.new.templates import course_files

_REPOSITORY = ".git"
"""What a folder for a course may hold: a repository without files."""


def new_course(folder: str, language: str) -> tuple[str, ...]:
    """Write a course into a folder that is new or empty; return the paths of its files.

    Raises DeckwrightError, and then writes nothing.
    """
    path = Path(os.path.abspath(folder))
    _check(folder, path)
    files = course_files(path.name, language)
    write_new(path, files)
    return tuple(files)


def _check(folder: str, path: Path) -> None:
    if not folder.strip() or not folder.isprintable():
        raise ConfigError(f"a folder cannot be called {folder!r}", "take letters, digits, hyphens and spaces")
    if os.path.isfile(path):
        raise ConfigError(f"{folder} is a file", "take another name")
    if os.path.isdir(path) and (others := sorted({*os.listdir(path)} - {_REPOSITORY})):
        hint = "take another name; to add to a course: `deckwright new deck NAME` in its folder"
        raise ConfigError(f"{folder} holds other files, such as {others[0]}", hint)
