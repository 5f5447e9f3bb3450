"""`deckwright present`."""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import TYPE_CHECKING

import click

from deckwright.cli.context import on_cluster, open_context, open_project
from deckwright.cli.options import CLUSTER, DECKS, DEVICE, JOBS, POLL, PORT
from deckwright.cli.output import echo
from deckwright.cli.serving import ServeTerminal
from deckwright.errors import GOOD

if TYPE_CHECKING:
    from deckwright.build.ports import WarmPorts
    from deckwright.present.staging import OpenedStage
    from deckwright.project.project import Project


@click.command()
@DECKS
@PORT
@click.option(
    "--audience/--no-audience",
    default=False,
    help="Let others on the network follow the slides (default: don't). They run and change nothing.",
)
@click.option(
    "--stage",
    "host",
    default="127.0.0.1",
    metavar="HOST",
    help="Let the presenter's own pages, which run code, be opened at another address than 127.0.0.1.",
)
@click.option(
    "--open/--no-open", "opening", default=True, help="Open the presenter view in a browser (default: do)."
)
@POLL
@DEVICE
@CLUSTER
@JOBS
def present(
    decks: tuple[str, ...],
    port: int | None,
    audience: bool,
    host: str,
    opening: bool,
    poll: bool,
    device: str | None,
    cluster: str | None,
    jobs: int | None,
) -> int:
    """Present a lecture, and run the code of its slides on stage.

    Builds on every save, as `serve` does. Ends with Ctrl-C.
    """
    from deckwright.present.server import present as present_decks
    from deckwright.serve.watcher import Polling
    from deckwright.wiring import keep_ports, open_stage

    project = on_cluster(open_project(decks), cluster)
    open_context(project, device, jobs)  # a device that is absent ends the command now

    def open_warm(current: Project) -> AbstractContextManager[WarmPorts]:
        current = on_cluster(current, cluster)
        return keep_ports(current, device or current.settings.device, jobs or current.settings.jobs)

    def open_stage_of(current: Project) -> OpenedStage:
        return open_stage(current, device or current.settings.device)

    terminal = LectureTerminal(opening)
    try:
        present_decks(project, decks, host, port, audience, Polling(poll), open_warm, open_stage_of, terminal)
    except KeyboardInterrupt:
        click.echo("stopped", err=True)
    return GOOD


class LectureTerminal(ServeTerminal):
    """Shows the address of the presenter, which is a secret."""

    def serving(self, address: str, is_private: bool, opened: str = "") -> None:
        click.echo(f"presenting {address}  (Ctrl-C ends it)")
        if not is_private:
            mark = click.style("warning", fg="yellow", bold=True)
            echo(f"{mark} everyone on the network who has this address can run code here", err=True)
        self.open(opened or address)
