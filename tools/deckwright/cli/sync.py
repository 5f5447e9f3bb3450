"""`deckwright sync`."""

from __future__ import annotations

from dataclasses import replace

import click

from deckwright.cli.changes import print_difference, tidy, write_sources
from deckwright.cli.context import open_context, open_project
from deckwright.cli.options import DEVICE, JOBS
from deckwright.cli.output import print_diagnostics
from deckwright.errors import BAD_DECK, GOOD


@click.command()
@click.argument("names", nargs=-1, type=click.Path(path_type=str))
@DEVICE
@click.option("--check", is_flag=True, help="Change nothing; exit with 1 if something would change.")
@click.option("--yes", "-y", is_flag=True, help="Do not ask before writing.")
@JOBS
def sync(names: tuple[str, ...], device: str | None, check: bool, yes: bool, jobs: int | None) -> int:
    """Accept new results into decks and figures/.

    Runs stale scripts, shows how fence bodies, link texts and pictures would change, and asks before
    it writes. NAMES are decks, or parts: a script, a region of it (snippets/a.py#r) or a figure on all
    slides, or a slide or case as in the output of check (slides/a.md::slide-2::a.py#r:output).
    """
    from deckwright.build.pipeline import sync as accept_results
    from deckwright.model import Request
    from deckwright.report.progress import progress

    project = open_project(names)
    tidy(project, (name for name in names if project.is_deck(name)))
    with progress() as emit:
        context = open_context(project, device, jobs, Request(names))
        report, changed = accept_results(replace(context, emit=emit))
    print_diagnostics(report.diagnostics)
    for path, change in changed.items():
        print_difference(path, change, {})
    files = "1 file" if len(changed) == 1 else f"{len(changed)} files"
    if changed and check:
        click.echo(f"{files} {'differs' if len(changed) == 1 else 'differ'}")
    elif changed and (yes or click.confirm(f"Write {files}?", default=True)):
        write_sources(project, changed, "sync")
        click.echo(f"{files} accepted")
    elif changed:
        click.echo("nothing was written")
    elif report.good:
        click.echo("up to date")
    return BAD_DECK if (check and changed) or not report.good else GOOD
