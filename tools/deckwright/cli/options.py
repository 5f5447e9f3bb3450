"""The options that several commands have."""

from __future__ import annotations

import click

DEVICE = click.option(
    "--device",
    default=None,
    metavar="DEVICE",
    help="What scripts without a wish of their own get: auto, cpu, cuda, cuda:N or mps.",
)
JOBS = click.option(
    "--jobs",
    "-j",
    type=click.IntRange(min=1),
    default=None,
    help="Scripts that run at once (default: one a core).",
)
AS_JSON = click.option("--json", "as_json", is_flag=True, help="Print events, one JSON object a line.")
FORCE = click.option(
    "--force",
    is_flag=False,
    flag_value="*",
    default="",
    metavar="[PATTERN]",
    help="Run these scripts, changed or not: a path, a name, wildcards or a deck; alone: all.",
)
ONLY = click.option(
    "--only",
    default="",
    metavar="PATTERN",
    help="Run none but these scripts; what others show is marked as accepted, not fresh.",
)
DECKS = click.argument("decks", nargs=-1, type=click.Path(path_type=str))
