"""`deckwright present`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from deckwright.cli.options import CLUSTER, DECKS, DEVICE, JOBS, POLL, PORT
from deckwright.cli.serving import ServeTerminal, open_warm_project
from deckwright.errors import GOOD

if TYPE_CHECKING:
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
    from deckwright.wiring import open_stage

    project, open_warm = open_warm_project(decks, device, cluster, jobs)

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

    doing = "presenting"
    others_can = "run code here"
