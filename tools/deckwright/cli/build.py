"""`deckwright build`."""

from __future__ import annotations

import click

from deckwright.cli.context import open_context, open_project, run_build
from deckwright.cli.options import AS_JSON, DECKS, DEVICE, FORCE, JOBS, ONLY
from deckwright.cli.output import echo, print_diagnostics
from deckwright.errors import BAD_DECK, GOOD


def _names(context: click.Context, option: click.Parameter, value: str | None) -> tuple[str, ...]:
    return tuple(name.strip() for name in value.split(",")) if value else ()


@click.command()
@DECKS
@DEVICE
@click.option(
    "--to",
    "formats",
    callback=_names,
    metavar="FORMAT,...",
    help="Write these formats: html, pdf, png (default: html,pdf).",
)
@click.option("--notes", is_flag=True, help="Put speaker notes into the PDF as annotations.")
@click.option(
    "--scale", type=click.FloatRange(0.1, 8), default=None, help="Size of pictures of slides (default: 1)."
)
@FORCE
@ONLY
@AS_JSON
@JOBS
def build(
    decks: tuple[str, ...],
    device: str | None,
    formats: tuple[str, ...],
    notes: bool,
    scale: float | None,
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
    request = Request(decks, formats, notes, scale or 0.0, force=force, only=only)
    report = run_build(open_context(project, device, jobs, request), as_json)
    print_diagnostics(report.diagnostics, as_json)
    if report.decks and not as_json:
        from deckwright.report.summary_text import summary_text

        echo(summary_text(report))
    return GOOD if report.good else BAD_DECK
