"""`deckwright run`."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path

import click

from deckwright.cli.context import open_context, open_project
from deckwright.cli.options import DEVICE
from deckwright.cli.output import print_diagnostics, writer
from deckwright.errors import BAD_DECK, GOOD, ConfigError


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@DEVICE
def run(file: Path, device: str | None) -> int:
    """Run one script, as a build runs it.

    Shows its output at once. What its cells display goes to stderr, so that stdout is the same as that of
    `python FILE`.
    """
    from deckwright.build.pipeline import run_file
    from deckwright.model import has_errors

    project = open_project((str(file),))
    path = project.path_of(file)
    if project.is_deck(path):
        raise ConfigError(
            f"{path} is a deck, not a script", f"to build it: deckwright build {shlex.quote(str(file))}"
        )
    out, err = writer(sys.stdout), writer(sys.stderr)

    def show(stream: str, piece: bytes) -> None:
        (out if stream == "stdout" else err)(piece)

    result, diagnostics = run_file(open_context(project, device, 1), path, show)
    print_diagnostics(diagnostics)
    if result:
        click.echo(f"{path}: {result.seconds:.2f} s on {result.device}", err=True)
    return BAD_DECK if has_errors(diagnostics) else GOOD
