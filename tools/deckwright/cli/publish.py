"""`deckwright publish` and `deckwright release`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from deckwright.cli.context import open_context, open_project, run_build
from deckwright.cli.options import AS_JSON, DEVICE, JOBS
from deckwright.cli.output import print_diagnostics
from deckwright.errors import BAD_DECK, GOOD

if TYPE_CHECKING:
    from deckwright.build.context import Context
    from deckwright.publish.pipeline import Publication

_FOLDER = click.argument("folder", type=click.Path(path_type=Path, file_okay=False))


@click.command()
@_FOLDER
@DEVICE
@AS_JSON
@JOBS
def publish(folder: Path, device: str | None, as_json: bool, jobs: int | None) -> int:
    """Write a site for students: pages, kits, a search.

    There are no speaker notes, no solutions of exercises, no reports and no times in it. What an earlier
    publication wrote there is replaced; a folder with other files is refused. Releases in it stay.
    """
    from deckwright.publish.folder import check_folder, releases_in

    check_folder(folder)
    return _publish(folder, releases_in(folder), device, as_json, jobs)


@click.command()
@click.argument("name")
@_FOLDER
@DEVICE
@AS_JSON
@JOBS
def release(name: str, folder: Path, device: str | None, as_json: bool, jobs: int | None) -> int:
    """Keep the course of one term in FOLDER/NAME, as it is published now.

    The next publication into FOLDER links it.
    """
    from deckwright.publish.folder import check_folder, release_folder

    check_folder(folder)
    return _publish(release_folder(folder, name), (), device, as_json, jobs, name)


def _publish(
    folder: Path,
    releases: Sequence[str],
    device: str | None,
    as_json: bool,
    jobs: int | None,
    release: str = "",
) -> int:
    from deckwright.model import Request
    from deckwright.publish.folder import write_site
    from deckwright.publish.pipeline import publication
    from deckwright.publish.search import minisearch
    from deckwright.text.counts import counted

    context = open_context(open_project(()), device, jobs, Request())

    def make(built: Context) -> Publication:
        public = _of_release(built, release) if release else built
        return publication(public, minisearch(), releases)

    made = made_for_students(context, as_json, make)
    if made is None:
        return BAD_DECK
    changed = write_site(folder, made.files)
    click.echo(f"{folder}: {counted(len(made.files), 'file')}, {changed} new or changed", err=as_json)
    return GOOD


def _of_release(context: Context, name: str) -> Context:
    """Return a context in which the addresses of the site are those of a release."""
    settings = context.project.settings
    there = replace(settings, publish=settings.publish.of_release(name))
    return replace(context, project=replace(context.project, settings=there))


def made_for_students(
    context: Context, as_json: bool, make: Callable[[Context], Publication]
) -> Publication | None:
    """Build, and return what is made of it for students; None if something is wrong, which is printed."""
    with context.kept_warm() as warm:
        report = run_build(warm, as_json)
        print_diagnostics(report.diagnostics, as_json)
        if not report.good:
            return None
        made = make(warm)
    print_diagnostics(made.diagnostics, as_json)
    return None if made.diagnostics else made
