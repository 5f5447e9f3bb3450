"""Changes of the author's files: shown as differences, and written unless someone has edited the files."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from deckwright.cli.output import echo
from deckwright.errors import DeckwrightError, EditedMeanwhile, NoPermission

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
    """Write the changes of a command, unless a file was edited meanwhile or is read-only.

    Decks come last: what they name is there. If the command is stopped, say what was written; when it runs
    again, it writes the rest.
    """
    from deckwright.files.sources import uninterrupted

    for path, change in changes.items():
        _check_writable(project, path, change, command)
    written: list[str] = []
    order = sorted(changes, key=lambda path: path.endswith(".md"))
    try:
        for path in order:
            with uninterrupted():
                _write(project, path, changes[path], command)
                written.append(path)
    except DeckwrightError as error:
        raise type(error)(error.message, f"{error.hint}; {_state(order, written)}") from error
    except KeyboardInterrupt:
        echo(f"{_state(order, written)}; run {command} again", err=True)
        raise


def _check_writable(project: Project, path: str, change: Change, command: str) -> None:
    files = project.files
    if (files.read(path) if files.exists(path) else None) != change.before:
        raise EditedMeanwhile(f"{path} was edited meanwhile", f"nothing was written; run {command} again")
    if change.before is not None and not os.access(project.root / path, os.W_OK):
        hint = f"nothing was written; make it writable, then run {command} again"
        raise NoPermission(f"{path} is read-only", hint)


def _write(project: Project, path: str, change: Change, command: str) -> None:
    if not change_file(project.root / path, change.before, change.after):
        hint = f"it is as it was saved: run {command} again"
        raise EditedMeanwhile(f"{path} was edited meanwhile", hint)


def change_file(path: Path, before: bytes | None, after: bytes | None) -> bool:
    """Replace a file or remove it, if it still holds `before`; return whether it did.

    Raises DeckwrightError.
    """
    from deckwright.files.sources import remove_file, replace_file
    from deckwright.files.system_errors import errors_about

    with errors_about(path, always=True):
        if after is not None:
            return replace_file(path, before, after)
        return before is None or remove_file(path, before)


def _state(order: Sequence[str], written: Sequence[str]) -> str:
    """Return which files of a command were written, and which were not."""
    left = [path for path in order if path not in written]
    parts = (("written", written), ("not written", left))
    return "; ".join(f"{what}: {', '.join(paths)}" for what, paths in parts if paths)


def tidy(project: Project, decks: Iterable[str] = ()) -> None:
    """Remove what killed commands left beside the author's files, and beside decks named from here.

    Name what only the author can judge.
    """
    from deckwright.files.sources import remove_leftovers
    from deckwright.project.project import IMAGES
    from deckwright.report.excerpt import printable
    from deckwright.text.paths import FIGURES, SNIPPETS

    sources = (*project.lectures(), *project.files.find(FIGURES, ""))
    files = (*(project.root / path for path in sources), *map(Path, decks))
    folders = {project.root, project.root / SNIPPETS, project.root / FIGURES, project.root / IMAGES}
    folders |= {Path(os.path.realpath(file)).parent for file in files}
    for folder in sorted(folders):
        for left in remove_leftovers(folder):
            what = "holds what was saved when a command was killed"
            hint = "compare it with the files beside it, then remove it"
            echo(f"{click.style('warning', fg='yellow')} {printable(str(left))} {what}: {hint}", err=True)


def write_output(path: Path, data: bytes) -> None:
    """Write a file that the command line names; a link stays a link. Raises DeckwrightError."""
    from deckwright.files.atomic import write_atomic
    from deckwright.files.system_errors import errors_about

    with errors_about(path, always=True):
        write_atomic(Path(os.path.realpath(path)), data)
