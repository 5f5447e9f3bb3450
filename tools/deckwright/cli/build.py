"""`deckwright build`."""

from __future__ import annotations

import click

from deckwright.cli.context import built, open_ports, open_project
from deckwright.cli.options import AS_JSON, DECKS, DEVICE, FORCE, JOBS, ONLY
from deckwright.cli.output import print_report
from deckwright.errors import BAD_DECK, GOOD


@click.command()
@DECKS
@DEVICE
@click.option("--no-pdf", is_flag=True, help="Write HTML only; the browser is not started.")
@click.option("--notes", is_flag=True, help="Put speaker notes into the PDF as annotations.")
@FORCE
@ONLY
@AS_JSON
@JOBS
def build(
    decks: tuple[str, ...],
    device: str | None,
    no_pdf: bool,
    notes: bool,
    force: str,
    only: str,
    as_json: bool,
    jobs: int | None,
) -> int:
    """Run what is stale, and write HTML and PDF.

    Builds the decks named, or all decks in slides/. Everything is written into build/.
    """
    from deckwright.model import Request

    project = open_project(decks)
    request = Request(decks, not no_pdf, notes, force, only)
    report = built(project, open_ports(project, device, jobs), request, as_json)
    print_report(report, as_json)
    return GOOD if report.good else BAD_DECK
