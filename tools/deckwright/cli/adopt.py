"""`deckwright adopt`."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import click

from deckwright.cli.changes import print_difference, tidy, write_sources
from deckwright.cli.context import open_context, open_project
from deckwright.cli.options import DEVICE
from deckwright.cli.output import print_diagnostics
from deckwright.errors import BAD_DECK, GOOD


@click.command()
@click.argument("deck", type=click.Path(path_type=str))
@click.option("--extract", is_flag=True, help="Move the program into snippets/, one region per fence.")
@click.option("--outputs", is_flag=True, help="Add fences for outputs that no slide shows.")
@click.option("--localise", is_flag=True, help="Copy pictures from the network into slides/images/.")
@click.option(
    "--check", "--dry-run", is_flag=True, help="Change nothing; exit with 1 if something would change."
)
@click.option("--yes", "-y", is_flag=True, help="Do not ask before writing.")
@click.option(
    "--timeout",
    type=click.FloatRange(min=0, min_open=True),
    default=None,
    metavar="SECONDS",
    help="How long a fence may run while it is tried (default: 10).",
)
@DEVICE
def adopt(
    deck: str,
    extract: bool,
    outputs: bool,
    localise: bool,
    check: bool,
    yes: bool,
    timeout: float | None,
    device: str | None,
) -> int:
    """Make a plain Marp deck executable, or a deck of a notebook.

    Runs its Python fences as one program, reports which do not run and why, shows how it would mark
    them, proposes alternative texts for pictures, and asks before it writes.
    """
    from deckwright.adopt import FENCE_SECONDS, SUFFIX, Wanted, adopt_deck, adopt_notebook
    from deckwright.model import Request, has_errors
    from deckwright.report.excerpt import printable
    from deckwright.report.progress import progress
    from deckwright.report.summary_text import adoption_text

    project = open_project((deck,))
    tidy(project, (deck,))
    with progress() as emit:
        context = replace(open_context(project, device, None, Request((deck,))), emit=emit)
        if deck.endswith(SUFFIX):
            adoption = adopt_notebook(context, Path(deck))
        else:
            adoption = adopt_deck(context, Wanted(extract, localise, outputs, timeout or FENCE_SECONDS))
    print_diagnostics(adoption.diagnostics)
    for path, change in adoption.changes.items():
        print_difference(path, change, adoption.notes)
    if not deck.endswith(SUFFIX):
        click.echo(adoption_text(adoption.verdicts, adoption.unmeasured, adoption.unshown, outputs))
    files = ", ".join(map(printable, adoption.changes))
    if files and not check and (yes or click.confirm(f"Write {files}?", default=True)):
        write_sources(project, adoption.changes, "adopt")
        click.echo(f"wrote {files}")
    elif not files:
        click.echo("nothing to change")
    elif not check:
        click.echo("nothing was written")
    return BAD_DECK if (check and files) or has_errors(adoption.diagnostics) else GOOD
