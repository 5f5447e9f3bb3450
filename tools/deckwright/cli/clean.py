"""`deckwright clean`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from deckwright.cli.changes import tidy
from deckwright.cli.context import open_context, open_project
from deckwright.cli.output import print_diagnostics
from deckwright.errors import BAD_DECK, GOOD

if TYPE_CHECKING:
    from deckwright.project.project import Project

_MOST_NAMED = 10


@click.command()
@click.option("--stale", is_flag=True, help="Remove only results that no deck needs as it is now.")
def clean(stale: bool) -> int:
    """Remove what builds made in build/, and no other file."""
    project = open_project(())
    if stale and project.build.is_dir():
        from deckwright.build.clean import remove_unneeded
        from deckwright.text.sizes import size_text

        freed, diagnostics = remove_unneeded(open_context(project, None, None))
        print_diagnostics(diagnostics)
        if diagnostics:
            return BAD_DECK
        click.echo(f"freed {size_text(freed)}")
    elif project.build.is_dir():
        _remove_all(project)
    return GOOD


def _remove_all(project: Project) -> None:
    from deckwright.build.clean import remove_all, remove_apart
    from deckwright.project.project import BUILD
    from deckwright.wiring import open_store, scratch_folder

    tidy(project)
    scratch = scratch_folder(project)
    for apart in (project.for_students, project.for_smoke):
        remove_apart(apart.build, open_store(apart), scratch_folder(apart))
    left = remove_all(project.build, open_store(project), scratch)
    running = [path for path in left if path.startswith(f"{scratch.name}/run-")]
    foreign = [path for path in left if path not in running and path != "."]
    if foreign:
        click.echo(
            f"removed what builds made in {BUILD}/; no build made these, so they stay: {_named(foreign)}"
        )
    else:
        click.echo(f"removed {BUILD}/")
    if running:
        click.echo(f"what a command needs that runs now stays: {BUILD}/{scratch.name}/")


def _named(paths: Sequence[str]) -> str:
    """Return paths below build/ in words, of many only the first."""
    from deckwright.project.project import BUILD
    from deckwright.report.excerpt import printable

    names = [printable(f"{BUILD}/{path}") for path in sorted(paths)[:_MOST_NAMED]]
    more = len(paths) - len(names)
    return ", ".join(names) + (f" and {more} more" if more else "")
