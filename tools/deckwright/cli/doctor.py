"""`deckwright doctor`."""

from __future__ import annotations

from pathlib import Path

import click

from deckwright.cli.output import echo
from deckwright.errors import GOOD, MISSING_TOOL


@click.command()
def doctor() -> int:
    """Show what is installed, what is missing, and how to install it."""
    from deckwright.cli.requirements import requirements

    here = requirements(Path.cwd())
    width = max(len(each.name) for each in here)
    for each in here:
        mark = click.style("ok", fg="green") if each.ok else click.style("--", fg="red")
        echo(f"{mark}  {each.name:<{width}}  {each.state}")
        if each.hint:
            click.echo(f"    {'':<{width}}  hint: {each.hint}")
    return GOOD if all(each.ok for each in here) else MISSING_TOOL
