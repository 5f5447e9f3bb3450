"""`deckwright serve`."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING

import click

from deckwright.cli.context import on_cluster, open_context, open_project
from deckwright.cli.options import CLUSTER, DECKS, DEVICE, JOBS
from deckwright.cli.output import echo, print_above_progress, print_diagnostics, print_error
from deckwright.errors import GOOD, DeckwrightError

if TYPE_CHECKING:
    from deckwright.build.ports import Emit, WarmPorts
    from deckwright.model import Diagnostic, Report
    from deckwright.project.project import Project


@click.command()
@DECKS
@click.option(
    "--port", type=click.IntRange(1, 65535), default=None, help="Default: 3325, or the next free one."
)
@click.option(
    "--host", default="127.0.0.1", help="With another address, others on the network can read the decks."
)
@click.option(
    "--open/--no-open", "opening", default=False, help="Open the page in a browser (default: don't)."
)
@click.option(
    "--poll",
    is_flag=True,
    help="Look for changes, for folders that report none. Most of these are known without it.",
)
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
        serve_decks(project, decks, host, port, Polling(poll), open_warm, _Terminal(opening))
    except KeyboardInterrupt:
        click.echo("stopped", err=True)
    return GOOD


class _Terminal:
    """Shows on the terminal the address and each build."""

    def __init__(self, opening: bool) -> None:
        self._opening = opening
        self._found: frozenset[Diagnostic] = frozenset()
        """The errors that were shown while the build went on."""

    def serving(self, address: str, is_private: bool) -> None:
        click.echo(f"serving {address}  (Ctrl-C ends it)")
        if not is_private:
            mark = click.style("warning", fg="yellow", bold=True)
            echo(f"{mark} everyone on the network who has this address can read the decks", err=True)
        if self._opening:
            click.launch(address)

    def building(self) -> AbstractContextManager[Emit]:
        from deckwright.report.progress import progress

        self._found = frozenset()
        return progress(with_decks=True)

    def found(self, errors: Sequence[Diagnostic]) -> None:
        print_above_progress([each for each in errors if each not in self._found])
        self._found |= frozenset(errors)

    def built(self, report: Report) -> None:
        from deckwright.report.phrases import duration

        print_diagnostics([each for each in report.diagnostics if each not in self._found])
        if report.decks:
            click.echo(f"built in {duration(report.seconds)}")

    def failed(self, error: DeckwrightError) -> None:
        print_error(error)

    def polling(self, reason: str) -> None:
        echo(f"looking for changes of files, as {reason}", err=True)
