"""`deckwright doctor`."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from deckwright.cli.output import has_color
from deckwright.errors import GOOD, MISSING_TOOL


@click.command()
def doctor() -> int:
    """Show what is installed, what is missing, and how to install it."""
    from deckwright.cli.requirements import requirements

    here = requirements(Path.cwd())
    width = max(len(each.name) for each in here)
    for each in here:
        mark = click.style("ok", fg="green") if each.ok else click.style("--", fg="red")
        click.echo(f"{mark}  {each.name:<{width}}  {each.state}", color=has_color(sys.stdout))
        if each.hint:
            click.echo(f"    {'':<{width}}  hint: {each.hint}")
    return GOOD if all(each.ok for each in here) else MISSING_TOOL
