"""`deckwright clean`."""

from __future__ import annotations

import shutil

import click

from deckwright.cli.begin import open_doors, open_project
from deckwright.cli.screen import print_diagnostics
from deckwright.errors import BAD_DECK, GOOD


@click.command()
@click.option("--stale", is_flag=True, help="Remove only results that no deck needs as it is now.")
def clean(stale: bool) -> int:
    """Remove build/, all of which can be built again."""
    project = open_project(())
    if stale and project.build.is_dir():
        from deckwright.sizes import size_text
        from deckwright.tidy import tidy

        freed, wrong = tidy(project, open_doors(project, None, None))
        print_diagnostics(wrong)
        if wrong:
            return BAD_DECK
        click.echo(f"freed {size_text(freed)}")
    elif project.build.is_dir():
        shutil.rmtree(project.build)
        click.echo("removed build/")
    return GOOD
