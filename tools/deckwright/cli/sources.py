"""Writes to the author's files: to all of them, or to none."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from deckwright.errors import DeckwrightError

if TYPE_CHECKING:
    from deckwright.model import Change
    from deckwright.project.project import Project


def write_sources(project: Project, changes: Mapping[str, Change], command: str = "sync") -> None:
    """Write the changes of a command, unless a file was edited meanwhile or is read-only."""
    files = project.files
    for path, change in changes.items():
        if (files.read(path) if files.exists(path) else None) != change.before:
            raise DeckwrightError(f"{path} was edited meanwhile", f"nothing was written; run {command} again")
        if change.before is not None and not os.access(project.root / path, os.W_OK):
            hint = f"nothing was written; make it writable, then run {command} again"
            raise DeckwrightError(f"{path} is read-only", hint)
    for path, change in changes.items():
        write_source((project.root / path).resolve(), change.after)  # a link stays a link


def write_source(path: Path, data: bytes) -> None:
    """Write one file atomically; raises DeckwrightError if that fails."""
    from deckwright.files.atomic import write_atomic

    try:
        write_atomic(path, data)
    except OSError as error:
        message = f"cannot write {path.name}: {error.strerror or error}"
        raise DeckwrightError(message, "the file is as it was; make it writable, then try again") from error
