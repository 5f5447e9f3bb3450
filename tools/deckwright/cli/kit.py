"""`deckwright kit`."""

from __future__ import annotations

import click

from deckwright.cli.context import open_context, open_project
from deckwright.cli.options import AS_JSON, DECKS, DEVICE, JOBS
from deckwright.cli.publish import made_for_students
from deckwright.errors import BAD_DECK, GOOD


@click.command()
@DECKS
@DEVICE
@click.option("--solutions", is_flag=True, help="With the solutions of exercises: for those who teach.")
@AS_JSON
@JOBS
def kit(decks: tuple[str, ...], device: str | None, solutions: bool, as_json: bool, jobs: int | None) -> int:
    """Pack the scripts of each lecture, with all that they read.

    Writes a zip file per deck into build/kit/, as students get it from a published course.
    """
    from deckwright.files.build_files import write_file
    from deckwright.model import Request
    from deckwright.project.project import BUILD
    from deckwright.publish.pipeline import kits

    project = open_project(decks)
    context = open_context(project, device, jobs, Request(decks))
    made = made_for_students(context, as_json, lambda warm: kits(warm, solutions))
    if made is None:
        return BAD_DECK
    for path, data in made.files.items():
        write_file(project.build / path, data)
        click.echo(f"{BUILD}/{path}", err=as_json)
    return GOOD
