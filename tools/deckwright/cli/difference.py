"""Proposed changes of files, as differences."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING

import click

from deckwright.cli.output import has_color

if TYPE_CHECKING:
    from deckwright.model import Change

NO_NOTES: Mapping[str, str] = {}


def print_difference(path: str, change: Change, notes: Mapping[str, str] = NO_NOTES) -> None:
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
        click.echo(click.style(printable(line), fg=colors.get(line[:1])), color=has_color(sys.stdout))
        if line.startswith("+") and line[1:] in notes:
            note = f"\\ proposed: {notes[line[1:]]}"  # `patch` ignores such lines
            click.echo(click.style(note, fg="yellow"), color=has_color(sys.stdout))


def _picture_difference(change: Change) -> str:
    """Return how a picture would change, in pixels if they were compared, else in bytes."""
    from deckwright.text.sizes import size_text

    sizes = [size_text(len(data)) for data in (change.before, change.after) if data is not None]
    if len(sizes) == 1:
        return f"new, {sizes[0]}"
    return "changed: " + (change.note or f"it was {sizes[0]}, now it is {sizes[1]}")
