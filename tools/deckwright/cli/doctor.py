"""`deckwright doctor`."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from deckwright.cli.output import has_color
from deckwright.errors import GOOD, MISSING_TOOL


@click.command()
def doctor() -> int:
    """Say what is here, what is missing, and what mends it."""
    from deckwright.cli.requirements import requirements

    found = requirements(Path.cwd())
    width = max(len(finding.name) for finding in found)
    for finding in found:
        mark = click.style("ok", fg="green") if finding.ok else click.style("--", fg="red")
        click.echo(f"{mark}  {finding.name:<{width}}  {finding.found}", color=has_color(sys.stdout))
        if finding.hint:
            click.echo(f"    {'':<{width}}  hint: {finding.hint}")
    return GOOD if all(finding.ok for finding in found) else MISSING_TOOL
