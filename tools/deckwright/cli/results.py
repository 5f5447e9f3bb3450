"""`deckwright results`."""

from __future__ import annotations

from pathlib import Path

import click

from deckwright.cli.context import open_context, open_project
from deckwright.cli.output import print_diagnostics
from deckwright.errors import BAD_DECK, GOOD


@click.group()
def results() -> None:
    """Move results between machines, in a file."""


@results.command("export")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
def export(file: Path) -> int:
    """Write all results that are true now into FILE. Runs nothing."""
    from deckwright.build.results_file import export_results
    from deckwright.text.counts import counted

    exported = export_results(open_context(open_project(()), None, None), file)
    click.echo(f"{file}: {counted(exported, 'result')}")
    return GOOD


@results.command("import")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, exists=True))
def import_(file: Path) -> int:
    """Take the results in FILE that scripts of this project can have.

    The next build uses those that are true here: with the same script, data, Python and packages.
    """
    from deckwright.build.results_file import import_results
    from deckwright.model import has_errors
    from deckwright.text.counts import counted

    imported, diagnostics = import_results(open_context(open_project(()), None, None), file)
    print_diagnostics(diagnostics)
    others = f", {counted(imported.others, 'other')} left out" if imported.others else ""
    click.echo(f"{file}: took {counted(len(imported.taken), 'result')}{others}")
    return BAD_DECK if has_errors(diagnostics) else GOOD
