"""What `serve` and `present` have in common: warm processes, and what they show on the terminal."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING

import click

from deckwright.cli.context import on_cluster, open_context, open_project
from deckwright.cli.output import echo, print_above_progress, print_diagnostics, print_error

if TYPE_CHECKING:
    from deckwright.build.ports import Emit, WarmPorts
    from deckwright.errors import DeckwrightError
    from deckwright.model import Diagnostic, Report
    from deckwright.project.project import Project


def open_warm_project(
    decks: Sequence[str], device: str | None, cluster: str | None, jobs: int | None
) -> tuple[Project, Callable[[Project], AbstractContextManager[WarmPorts]]]:
    """Return the project of decks, and what opens its ports for many builds; raises if a device is absent."""
    from deckwright.wiring import keep_ports

    project = on_cluster(open_project(decks), cluster)
    open_context(project, device, jobs)

    def open_warm(current: Project) -> AbstractContextManager[WarmPorts]:
        current = on_cluster(current, cluster)
        return keep_ports(current, device or current.settings.device, jobs or current.settings.jobs)

    return project, open_warm


class ServeTerminal:
    """Shows on the terminal the address and each build."""

    doing = "serving"
    others_can = "read the decks"

    def __init__(self, opening: bool) -> None:
        self._opening = opening
        self._found: frozenset[Diagnostic] = frozenset()
        """The errors that were shown while the build went on."""

    def serving(self, address: str, is_private: bool, opened: str = "") -> None:
        click.echo(f"{self.doing} {address}  (Ctrl-C ends it)")
        if not is_private:
            mark = click.style("warning", fg="yellow", bold=True)
            echo(f"{mark} everyone on the network who has this address can {self.others_can}", err=True)
        self.open(opened or address)

    def open(self, address: str) -> None:
        """Open a page in a browser, if that was asked for."""
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
