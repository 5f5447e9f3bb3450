"""`deckwright plan`."""

from __future__ import annotations

import sys

import click

from deckwright.cli.context import on_cluster, open_context, open_project
from deckwright.cli.options import CLUSTER, DECKS, DEVICE, FORCE, ONLY, SMOKE
from deckwright.cli.output import echo, print_diagnostics, width
from deckwright.errors import BAD_DECK, GOOD


@click.command()
@DECKS
@DEVICE
@CLUSTER
@SMOKE
@FORCE
@ONLY
@click.option(
    "--explain", is_flag=True, help="Print one sentence per script, also for those that do not run."
)
def plan(
    decks: tuple[str, ...],
    device: str | None,
    cluster: str | None,
    smoke: bool,
    force: str,
    only: tuple[str, ...],
    explain: bool,
) -> int:
    """Show what a build would run, and why. Starts nothing."""
    from deckwright.build.pipeline import plan_decks
    from deckwright.execute.recorders import recorder_in_force
    from deckwright.model import Request, has_errors
    from deckwright.project.diagnostics import store_warning
    from deckwright.report.plan_text import explanation_text, plan_text
    from deckwright.wiring import placement_text

    project = on_cluster(open_project(decks), cluster)
    context = open_context(project, device, None, Request(decks, force=force, only=only, smoke=smoke))
    decided, diagnostics = plan_decks(context)
    print_diagnostics(diagnostics)
    if decided is None:
        return BAD_DECK
    echo(explanation_text(decided) if explain else plan_text(decided, width(sys.stdout)))
    if where := placement_text(project, [step.job for step in decided.stale]):
        echo(where)
    if explain:
        click.echo(f"what scripts read is recorded by {recorder_in_force()}", err=True)
    if trouble := context.ports.store.trouble:
        print_diagnostics([store_warning(project.files, project.settings, trouble)])
    return BAD_DECK if has_errors(diagnostics) else GOOD
