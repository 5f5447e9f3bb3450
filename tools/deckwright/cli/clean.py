"""`deckwright clean`."""

from __future__ import annotations

import shutil
from pathlib import Path

import click

from deckwright.cli.context import open_context, open_project
from deckwright.cli.output import print_diagnostics
from deckwright.errors import BAD_DECK, GOOD


@click.command()
@click.option("--stale", is_flag=True, help="Remove only results that no deck needs as it is now.")
def clean(stale: bool) -> int:
    """Remove build/, which the next build makes again."""
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
        _empty(project.build)
        if not project.build.is_symlink():
            project.build.rmdir()
        click.echo("removed build/")
    return GOOD


def _empty(folder: Path) -> None:
    """Remove the content of a folder, which may be a link to another disk."""
    for path in folder.iterdir():
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink()
