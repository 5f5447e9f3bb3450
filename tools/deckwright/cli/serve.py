"""`deckwright serve`."""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import TYPE_CHECKING

import click

from deckwright.cli.context import on_cluster, open_context, open_project
from deckwright.cli.options import CLUSTER, DECKS, DEVICE, JOBS, POLL, PORT
from deckwright.cli.serving import ServeTerminal
from deckwright.errors import GOOD

if TYPE_CHECKING:
    from deckwright.build.ports import WarmPorts
    from deckwright.project.project import Project


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
    from deckwright.wiring import keep_ports

    project = on_cluster(open_project(decks), cluster)
    open_context(project, device, jobs)  # a device that is absent ends the command now

    def open_warm(current: Project) -> AbstractContextManager[WarmPorts]:
        current = on_cluster(current, cluster)
        return keep_ports(current, device or current.settings.device, jobs or current.settings.jobs)

    try:
        serve_decks(project, decks, host, port, Polling(poll), open_warm, ServeTerminal(opening))
    except KeyboardInterrupt:
        click.echo("stopped", err=True)
    return GOOD
