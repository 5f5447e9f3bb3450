"""Proposed changes of the author's files: shown as differences, and written all or none."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from deckwright.cli.output import echo
from deckwright.errors import DeckwrightError

if TYPE_CHECKING:
    from deckwright.model import Change
    from deckwright.project.project import Project


def print_difference(path: str, change: Change, notes: Mapping[str, str]) -> None:
    """Print how a file would change; `notes` are remarks on added lines."""
    import difflib

    from deckwright.report.excerpt import printable

    if not path.endswith((".md", ".py")):
        click.echo(f"{printable(path)}: {_picture_difference(change)}")
        return
    old, new = ((data or b"").decode().splitlines() for data in (change.before, change.after))
    lines = difflib.unified_diff(old, new, path, path, "now", "accepted", n=1, lineterm="")
    colors = {"+": "green", "-": "red", "@": "cyan"}
    for line in lines:
        echo(click.style(printable(line), fg=colors.get(line[:1])))
        if line.startswith("+") and line[1:] in notes:
            note = f"\\ proposed: {notes[line[1:]]}"  # `patch` ignores such lines
            echo(click.style(note, fg="yellow"))


def _picture_difference(change: Change) -> str:
    """Return how a picture would change, in pixels if they were compared, else in bytes."""
    from deckwright.text.sizes import size_text

    sizes = [size_text(len(data)) for data in (change.before, change.after) if data is not None]
    if len(sizes) == 1:
        return f"new, {sizes[0]}"
    return "changed: " + (change.note or f"it was {sizes[0]}, now it is {sizes[1]}")


def write_sources(project: Project, changes: Mapping[str, Change], command: str) -> None:
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
