"""`deckwright serve`."""

from __future__ import annotations

import click

from deckwright.cli.options import CLUSTER, DECKS, DEVICE, JOBS, POLL, PORT
from deckwright.cli.serving import ServeTerminal, open_warm_project
from deckwright.errors import GOOD


@click.command()
@DECKS
@PORT
@click.option(
    "--host", default="127.0.0.1", help="With another address, others on the network can read the decks."
)
@click.option(
    "--open/--no-open", "opening", default=False, help="Open the page in a browser (default: don't)."
)
@POLL
@DEVICE
@CLUSTER
@JOBS
def serve(
    decks: tuple[str, ...],
    port: int | None,
    host: str,
    opening: bool,
    poll: bool,
    device: str | None,
    cluster: str | None,
    jobs: int | None,
) -> int:
    """Build on every save, and show what changed in the browser.

    Makes HTML only. Ends with Ctrl-C.
    """
    from deckwright.serve.server import serve as serve_decks
    from deckwright.serve.watcher import Polling

    project, open_warm = open_warm_project(decks, device, cluster, jobs)
    try:
        serve_decks(project, decks, host, port, Polling(poll), open_warm, ServeTerminal(opening))
    except KeyboardInterrupt:
        click.echo("stopped", err=True)
    return GOOD
